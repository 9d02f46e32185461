import { unreachable } from "../../core/assert.ts";
import { keyPartsOf } from "../../core/external-id.ts";
import type { Columns } from "../../core/values/field-value.ts";
import type { RowResult, RowWrite } from "../connector.ts";
import type { Column, Table } from "./catalog.ts";
import type { GroupMember, WriteGroup } from "./write-statements.ts";

/** The values of one statement in characters; what is more goes into another. */
const STATEMENT_CHARACTERS_MAX = 16 * 1024 * 1024;

type OpenGroup = { readonly group: WriteGroup; readonly ids: Set<string>; characters: number };

/** What is wrong with a row before anything is sent. */
export type Unsent = { readonly place: number; readonly result: RowResult };

/**
 * Sorts the rows of a call into statements, in the order in which each kind first comes. A row
 * that comes twice is written twice, by statements of its own. Only the wanted places are taken.
 */
export function groupWrites(
  table: Table,
  rows: readonly RowWrite[],
  isWanted: (place: number) => boolean,
): { readonly groups: readonly WriteGroup[]; readonly unsent: readonly Unsent[] } {
  const groups: OpenGroup[] = [];
  const openGroups = new Map<string, OpenGroup>();
  const unsent: Unsent[] = [];
  rows.forEach((row, place) => {
    if (!isWanted(place)) return;
    const result = memberOf(table, row, place);
    if ("unsent" in result) {
      unsent.push({ place, result: result.unsent });
      return;
    }
    const kind = kindOf(row, result);
    let open = openGroups.get(kind);
    if (open === undefined || !takesAnother(open, result)) {
      const { set, condition } = result;
      const group = { operation: row.operation, set, condition, members: [] };
      open = { group, ids: new Set(), characters: 0 };
      groups.push(open);
      openGroups.set(kind, open);
    }
    add(open, result.member);
  });
  return { groups: groups.map(({ group }) => group), unsent };
}

function takesAnother(open: OpenGroup, { member, set }: Parts): boolean {
  // New rows without any value cannot be told apart in one statement.
  if (member.externalId === null && set.length === 0) return false;
  if (member.externalId !== null && open.ids.has(member.externalId)) return false;
  return open.characters < STATEMENT_CHARACTERS_MAX;
}

function add(open: OpenGroup, member: GroupMember): void {
  open.group.members.push(member);
  if (member.externalId !== null) open.ids.add(member.externalId);
  for (const text of member.setTexts) open.characters += text?.length ?? 0;
  for (const text of member.conditionTexts) open.characters += text?.length ?? 0;
}

function kindOf(row: RowWrite, { set, condition }: Parts): string {
  const names = (columns: readonly Column[]) => columns.map((column) => column.name);
  return JSON.stringify([row.operation, names(set), names(condition)]);
}

type Parts = {
  readonly member: GroupMember;
  readonly set: readonly Column[];
  readonly condition: readonly Column[];
};

function memberOf(
  table: Table,
  row: RowWrite,
  place: number,
): Parts | { readonly unsent: RowResult } {
  const externalId = row.operation === "create" ? null : row.externalId;
  if (externalId !== null && keyPartsOf(externalId, table.key.length) === null) {
    return { unsent: { status: "missing" } };
  }
  const columns = valuesOf(row);
  const set = encode(table, columns);
  const condition = encode(table, row.operation === "create" ? {} : row.condition);
  if ("refused" in set) return { unsent: set.refused };
  if ("refused" in condition) return { unsent: condition.refused };
  return {
    member: {
      place,
      externalId,
      columns,
      condition: row.operation === "create" ? {} : row.condition,
      setTexts: set.texts,
      conditionTexts: condition.texts,
    },
    set: set.columns,
    condition: condition.columns,
  };
}

function valuesOf(row: RowWrite): Columns {
  switch (row.operation) {
    case "create":
      return Object.fromEntries(Object.entries(row.columns).filter(([, value]) => value !== null));
    case "update":
      return row.columns;
    case "delete":
      return {};
    default:
      return unreachable(row);
  }
}

type Encoded = { readonly columns: readonly Column[]; readonly texts: readonly (string | null)[] };

function encode(table: Table, values: Columns): Encoded | { readonly refused: RowResult } {
  const columns: Column[] = [];
  const texts: (string | null)[] = [];
  for (const [name, value] of Object.entries(values)) {
    const column = table.columnByName.get(name);
    if (column === undefined) {
      return { refused: refused(name, `The table ${table.name} has no column "${name}".`) };
    }
    const text = column.codec.encode(value);
    if (text === undefined) {
      const type = column.codec.type;
      return { refused: refused(name, `The column "${name}" takes ${type} and nothing else.`) };
    }
    columns.push(column);
    texts.push(text);
  }
  return { columns, texts };
}

function refused(column: string, message: string): RowResult {
  return { status: "refused", code: "type", column, message };
}
