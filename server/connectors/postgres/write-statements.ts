import { assert, present } from "../../core/assert.ts";
import type { Columns } from "../../core/values/field-value.ts";
import type { RowWrite } from "../connector.ts";
import { textArrayLiteral } from "./array-literal.ts";
import type { Column, Table } from "./catalog.ts";
import { keyParameters, sameKey, selectList } from "./rows.ts";

/** Rows that one statement writes: one operation, the same columns, no row twice. */
export type WriteGroup = {
  readonly operation: RowWrite["operation"];
  readonly set: readonly Column[];
  readonly condition: readonly Column[];
  readonly members: GroupMember[];
};

export type GroupMember = {
  /** Its place among the rows of the call. */
  readonly place: number;
  readonly externalId: string | null;
  readonly columns: Columns;
  readonly condition: Columns;
  /** In the order of the group's columns. */
  readonly setTexts: readonly (string | null)[];
  readonly conditionTexts: readonly (string | null)[];
};

export type Statement = { readonly text: string; readonly values: readonly string[] };

/**
 * The statement that writes these members. Its rows begin with the member's number from 1,
 * then come all columns as stored.
 */
export function writeStatement(
  table: Table,
  group: WriteGroup,
  members: readonly GroupMember[],
): Statement {
  switch (group.operation) {
    case "create":
      return insertStatement(table, group, members);
    case "update":
      return updateStatement(table, group, members);
    case "delete":
      return deleteStatement(table, group, members);
  }
}

/**
 * Rows are inserted, and told, in the order of the select: the executor hands each one on before
 * it takes the next. A trigger that drops a row leaves fewer rows than were sent; the caller then
 * writes them one by one. Their number is not told here, so it is 0.
 */
function insertStatement(
  table: Table,
  group: WriteGroup,
  members: readonly GroupMember[],
): Statement {
  const returning = `returning 0, ${selectList(table, "t")}`;
  const { set } = group;
  if (set.length === 0) {
    assert(members.length === 1, "Rows without any value are inserted one by one.");
    return { text: `insert into ${table.sqlName} as t default values ${returning}`, values: [] };
  }
  const names = set.map((column) => column.sqlName).join(", ");
  const values = set.map((column, place) => `x.v${place}::${column.codec.cast}`).join(", ");
  const from = unnest(set.map((_, place) => `v${place}`));
  return {
    text:
      `insert into ${table.sqlName} as t (${names}) select ${values} from ${from} ` +
      `order by x.number ${returning}`,
    values: arraysOf(set, members, (member) => member.setTexts),
  };
}

/** @param instead expressions for columns, by name, in place of the members' values */
export function updateStatement(
  table: Table,
  group: WriteGroup,
  members: readonly GroupMember[],
  instead: ReadonlyMap<string, string> = new Map(),
): Statement {
  const assignments = group.set
    .map(({ name, sqlName, codec }, place) => {
      return `${sqlName} = ${instead.get(name) ?? `x.v${place}::${codec.cast}`}`;
    })
    .join(", ");
  const set = instead.size === 0 ? group.set : [];
  const names = [
    ...keyNames(table),
    ...set.map((_, place) => `v${place}`),
    ...conditionNames(group),
  ];
  return {
    text:
      `update ${table.sqlName} as t set ${assignments} from ${unnest(names)} ` +
      `where ${sameRow(table, group)} returning x.number, ${selectList(table, "t")}`,
    values: [
      ...keyArrays(table, members),
      ...arraysOf(set, members, (member) => member.setTexts),
      ...arraysOf(group.condition, members, (member) => member.conditionTexts),
    ],
  };
}

function deleteStatement(
  table: Table,
  group: WriteGroup,
  members: readonly GroupMember[],
): Statement {
  const names = [...keyNames(table), ...conditionNames(group)];
  return {
    text:
      `delete from ${table.sqlName} as t using ${unnest(names)} ` +
      `where ${sameRow(table, group)} returning x.number, ${selectList(table, "t")}`,
    values: [
      ...keyArrays(table, members),
      ...arraysOf(group.condition, members, (member) => member.conditionTexts),
    ],
  };
}

/** Which of the members' rows exist, and of those which meet the condition. */
export function lookStatement(
  table: Table,
  group: WriteGroup,
  members: readonly GroupMember[],
): Statement {
  const names = [...keyNames(table), ...conditionNames(group)];
  return {
    text:
      `select x.number, ${conditionOf(group)} ` +
      `from ${unnest(names)} join ${table.sqlName} t on ${sameKey(table, "t", "x")}`,
    values: [
      ...keyArrays(table, members),
      ...arraysOf(group.condition, members, (member) => member.conditionTexts),
    ],
  };
}

/** The members' rows that nobody else has locked; takes their locks. */
export function lockStatement(table: Table, members: readonly GroupMember[]): Statement {
  return {
    text:
      `select x.number from ${unnest(keyNames(table))} join ${table.sqlName} t ` +
      `on ${sameKey(table, "t", "x")} for update of t skip locked`,
    values: keyArrays(table, members),
  };
}

function sameRow(table: Table, group: WriteGroup): string {
  return `${sameKey(table, "t", "x")} and ${conditionOf(group)}`;
}

function conditionOf(group: WriteGroup): string {
  if (group.condition.length === 0) return "true";
  const parts = group.condition.map((column, place) =>
    column.codec.isSame(`t.${column.sqlName}`, `x.c${place}`),
  );
  return `(${parts.join(" and ")})`;
}

function keyNames(table: Table): string[] {
  return table.key.map((_, place) => `k${place}`);
}

function conditionNames(group: WriteGroup): string[] {
  return group.condition.map((_, place) => `c${place}`);
}

/** "unnest($1::text[], $2::text[]) with ordinality as x(k0, v0, number)" */
function unnest(names: readonly string[]): string {
  const arrays = names.map((_, place) => `$${place + 1}::text[]`).join(", ");
  return `unnest(${arrays}) with ordinality as x(${[...names, "number"].join(", ")})`;
}

function keyArrays(table: Table, members: readonly GroupMember[]): readonly string[] {
  const ids = members.map((member) => present(member.externalId, "Only a new row has no id."));
  return keyParameters(table, ids).arrays;
}

function arraysOf(
  columns: readonly Column[],
  members: readonly GroupMember[],
  textsOf: (member: GroupMember) => readonly (string | null)[],
): string[] {
  return columns.map((_, place) =>
    textArrayLiteral(members.map((member) => textsOf(member)[place] ?? null)),
  );
}
