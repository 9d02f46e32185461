import type { RowResult } from "../connector.ts";
import type { Column, Table } from "./catalog.ts";
import type { ResultRow } from "./connection.ts";
import { rowOf } from "./rows.ts";
import type { GroupMember, Statement, WriteGroup } from "./write-statements.ts";
import { updateStatement } from "./write-statements.ts";

/** What a transaction does for rows that stand in each other's way. */
export type Untangling = {
  /** Writes one row again, and keeps its result. */
  alone(group: WriteGroup, member: GroupMember): Promise<void>;
  /** Does all of it, or leaves everything as it was. */
  together(work: () => Promise<void>): Promise<void>;
  query(text: string, values: readonly string[]): Promise<readonly ResultRow[]>;
};

type Results = Map<number, RowResult>;
type Placed = { readonly group: WriteGroup; readonly member: GroupMember };

/** How often rows are tried again because others have let go of their values. */
const ROUNDS_MAX = 5;

/**
 * Writes rows after all that were refused because others of the call had their unique values: those
 * may have let go meanwhile, or they exchange them among themselves.
 */
export async function untangle(
  table: Table,
  groups: readonly WriteGroup[],
  results: Results,
  ways: Untangling,
): Promise<void> {
  const updates = groups.flatMap((group) =>
    group.operation === "update" ? group.members.map((member) => ({ group, member })) : [],
  );
  if (takenIn(updates, results).length === 0) return;
  await tryAgain(updates, results, ways);
  const uniques = [table.key.map(({ name }) => name), ...table.schema.uniques];
  for (const swap of swapsIn(takenIn(updates, results), uniques)) {
    await ways.together(() => exchange(table, swap, { results, ways }));
  }
}

async function tryAgain(
  updates: readonly Placed[],
  results: Results,
  ways: Untangling,
): Promise<void> {
  for (let rounds = 0; rounds < ROUNDS_MAX; rounds += 1) {
    const taken = takenIn(updates, results);
    // While none of them is written, none has let go of anything.
    if (taken.length === 0 || taken.length === updates.length) return;
    for (const { group, member } of taken) await ways.alone(group, member);
    if (takenIn(updates, results).length === taken.length) return;
  }
}

/** Rows that were refused because somebody has their unique value. */
function takenIn(updates: readonly Placed[], results: ReadonlyMap<number, RowResult>): Placed[] {
  return updates.filter(({ member }) => {
    const result = results.get(member.place);
    return result?.status === "refused" && result.code === "unique";
  });
}

/**
 * Rows that exchange values of a unique index: each wants what another of them has. No order of
 * single writes passes an index that is tested row by row, so all of them first let go of what
 * they have, and then get what they want. Both steps are of one transaction: nobody ever sees
 * what stood between, and no crash leaves it behind.
 */
type Swap = {
  readonly parts: readonly { readonly group: WriteGroup; readonly members: GroupMember[] }[];
  /** The columns of all unique indexes: two of them may be exchanged at once. */
  readonly names: readonly string[];
};

/**
 * Lets all of them go of what they have, and gives each what it wants.
 * @throws when one of them is not as it was known, or is refused for another reason
 */
async function exchange(
  table: Table,
  { parts, names }: Swap,
  { results, ways }: { readonly results: Results; readonly ways: Untangling },
): Promise<void> {
  const parking = parts.map(({ group, members }) => parkStatement(table, group, members, names));
  if (parking.includes(null)) return;
  for (const [at, statement] of parking.entries()) {
    await writeAll(ways, statement, parts[at]?.members ?? []);
  }
  for (const { group, members } of parts) {
    const after = parkedGroup(group, names);
    const statement = updateStatement(table, after.group, members.map(after.parked));
    for (const row of await writeAll(ways, statement, members)) {
      const member = members[Number(row[0]) - 1];
      if (member === undefined) continue;
      results.set(member.place, { status: "written", ...rowOf(table, row, 1) });
    }
  }
}

async function writeAll(
  ways: Untangling,
  statement: Statement | null,
  members: readonly GroupMember[],
): Promise<readonly ResultRow[]> {
  const rows = statement === null ? [] : await ways.query(statement.text, statement.values);
  if (rows.length < members.length) throw new Error("A row is not as it was known.");
  return rows;
}

/**
 * Those rows that want what another of them has, chain by chain.
 * @param uniques the columns of each unique index
 */
function swapsIn(
  rows: readonly Placed[],
  uniques: readonly (readonly string[])[],
): readonly Swap[] {
  const links = uniques.flatMap((names) => wantsIn(rows, names));
  const names = [...new Set(uniques.flat())];
  return chainsOf(rows, links)
    .filter((chain) => chain.length > 1)
    .map((chain) => {
      const byGroup = Map.groupBy(chain, ({ group }) => group);
      const parts = [...byGroup].map(([group, placed]) => ({
        group,
        members: placed.map(({ member }) => member),
      }));
      return { parts, names };
    });
}

/** Who wants what whom of these has, in one unique index. */
function wantsIn(rows: readonly Placed[], names: readonly string[]): [Placed, Placed][] {
  const holders = new Map<string, Placed>();
  for (const row of rows) {
    const held = keyIn(row.group.condition, row.member.conditionTexts, names);
    if (held !== null) holders.set(held, row);
  }
  return rows.flatMap((row): [Placed, Placed][] => {
    const wanted = keyIn(row.group.set, row.member.setTexts, names);
    const holder = wanted === null ? undefined : holders.get(wanted);
    return holder === undefined || holder === row ? [] : [[row, holder]];
  });
}

const columnsIn = (group: WriteGroup, names: readonly string[]): readonly Column[] =>
  group.set.filter(({ name }) => names.includes(name));

/** What the columns have together; null where one of them is not known or has no value. */
function keyIn(
  known: readonly Column[],
  texts: readonly (string | null)[],
  names: readonly string[],
): string | null {
  const parts = names.map((name) => texts[known.findIndex((one) => one.name === name)]);
  return parts.some((part) => part === undefined || part === null) ? null : JSON.stringify(parts);
}

/** Rows that hang together by who wants whose value, each in the order of the call. */
function chainsOf(
  rows: readonly Placed[],
  links: readonly (readonly [Placed, Placed])[],
): Placed[][] {
  const chainOf = new Map(rows.map((row) => [row, new Set([row])]));
  for (const [row, other] of links) {
    const [mine, theirs] = [chainOf.get(row), chainOf.get(other)];
    if (mine === undefined || theirs === undefined || mine === theirs) continue;
    for (const one of theirs) chainOf.set(one, mine.add(one));
  }
  const chains = new Set(chainOf.values());
  return [...chains].map((chain) => rows.filter((row) => chain.has(row)));
}

/**
 * The statement in which rows let go of what they have; null where a column can hold nothing that
 * stands for it meanwhile.
 */
function parkStatement(
  table: Table,
  group: WriteGroup,
  members: readonly GroupMember[],
  names: readonly string[],
): Statement | null {
  const set = columnsIn(group, names);
  const values = set.map((column) => [column.name, parkedValue(table, column)] as const);
  if (values.some(([, value]) => value === null)) return null;
  const parked = new Map(values.map(([name, value]) => [name, value ?? ""]));
  return updateStatement(table, { ...group, set }, members, parked);
}

/** The group as it is written once its rows have let go: what they let go of holds no more. */
function parkedGroup(group: WriteGroup, names: readonly string[]) {
  const kept = group.condition.map(({ name }) => !names.includes(name));
  return {
    group: { ...group, condition: group.condition.filter((_, place) => kept[place]) },
    parked: (member: GroupMember): GroupMember => ({
      ...member,
      conditionTexts: member.conditionTexts.filter((_, place) => kept[place]),
    }),
  };
}

const NUMBERS = ["smallint", "integer", "bigint", "numeric", "real", "double precision"];
const TEXTS = ["text", "character varying", "varchar", "character", "bpchar"];

/** What a row has while another one takes its value: nothing, or what no row has. */
function parkedValue(table: Table, { name, sqlName }: Column): string | null {
  const column = table.schema.columns.find((one) => one.name === name);
  const isKey = table.key.some((one) => one.name === name);
  if (column?.nullable === true && !isKey) return "null";
  const native = (column?.nativeType ?? "").replace(/\(.*$/, "").trim();
  if (NUMBERS.includes(native)) {
    return `(select least(min(o.${sqlName}), 0) from ${table.sqlName} o) - x.number`;
  }
  if (native === "uuid") return "gen_random_uuid()";
  if (!TEXTS.includes(native)) return null;
  const length = column?.lengthMax ?? 40;
  return `left(x.number::text || '~' || md5(random()::text || x.number::text), ${length})`;
}
