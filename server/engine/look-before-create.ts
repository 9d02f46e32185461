import type { Row, Session } from "../connectors/connector.ts";
import { matchColumns } from "../core/plan/match-columns.ts";
import type { Columns } from "../core/values/field-value.ts";
import { type KnownRow, knownRows } from "../storage/links.ts";
import type { EngineContext } from "./context.ts";
import type { Sending } from "./deliver.ts";

/** A row that the target has with the match key of one that was about to be made there. */
export type FoundRow = {
  readonly status: "found";
  readonly externalId: string;
  readonly object: string;
  /** How the hub knows it; null while its news is still on its way. */
  readonly known: KnownRow["how"] | null;
};

export type Found = { readonly sending: Sending; readonly result: FoundRow };

type Sought = { readonly sending: Sending; readonly match: Columns };

/** Rows that have one match key; of more than this nobody tells which of them is meant. */
const ALIKE_MAX = 4;

/**
 * Asks the target for the match keys of what is about to be made in it, once for each object and
 * key: somebody else may have made the row since the target was read. What it has is not made; its
 * news is matched, or asked about, like any other row's.
 */
export async function lookBeforeCreate(
  context: EngineContext,
  session: Session,
  sendings: readonly Sending[],
): Promise<Found[]> {
  const sought = sendings.flatMap((sending) => {
    const { write, rules } = sending;
    if (write.operation !== "create") return [];
    return matchColumns(rules, write.columns).map((match): Sought => ({ sending, match }));
  });
  const groups = Map.groupBy(sought, ({ sending, match }) => {
    return [sending.rules.binding.id, ...Object.keys(match).sort()].join("\n");
  });
  const found = new Map<Sending, Found>();
  for (const group of groups.values()) {
    for (const one of await lookFor(context, session, group)) found.set(one.sending, one);
  }
  return [...found.values()];
}

async function lookFor(
  context: EngineContext,
  session: Session,
  sought: readonly Sought[],
): Promise<Found[]> {
  const [first] = sought;
  if (first === undefined) return [];
  const { binding, scope } = first.sending.rules;
  const matches = sought.map(({ match }) => match);
  const rows = await session.searchAny(binding.object, matches, matches.length * ALIKE_MAX);
  const inside = rows.filter(({ columns }) => (scope?.missOf(columns) ?? null) === null);
  if (inside.length === 0) return [];
  const ids = inside.map(({ externalId }) => externalId);
  const known = Map.groupBy(await knownRows(context.sql, binding.id, ids), ({ id }) => id);
  const names = Object.keys(first.match).sort();
  const byKey = Map.groupBy(inside, ({ columns }) => keyText(names, columns));
  return sought.flatMap(({ sending, match }) => {
    const row = (byKey.get(keyText(names, match)) ?? []).find(({ externalId }) => {
      return mayBe(sending, known.get(externalId) ?? []);
    });
    return row === undefined ? [] : [foundAs(sending, row, known.get(row.externalId) ?? [])];
  });
}

/** Somebody's row is not this record's, nor is one that a person has parted from it. */
function mayBe({ record }: Sending, known: readonly KnownRow[]): boolean {
  const isFree = ({ how, of }: KnownRow) =>
    how === "waits" || how === "let-be" || (how === "parted" && of !== record.id);
  return known.every(isFree);
}

function foundAs(sending: Sending, { externalId }: Row, known: readonly KnownRow[]): Found {
  const { object } = sending.rules.binding;
  const how = known.find((one) => one.how === "let-be")?.how ?? known[0]?.how ?? null;
  return { sending, result: { status: "found", externalId, object, known: how } };
}

const keyText = (names: readonly string[], columns: Columns): string =>
  JSON.stringify(names.map((name) => columns[name]));
