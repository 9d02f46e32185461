import type { Transaction } from "../../db/client.ts";
import type { BindingRules, CompiledMap } from "../core/plan/compile-map.ts";
import { type MassEvidence, type MassPlace, massKey } from "../core/reconcile/mass-guard.ts";
import type { LinkState, MappedObservation } from "../core/reconcile/state.ts";
import { rowKey, type World } from "../core/reconcile/world.ts";
import { countRows, loadTallies, type Tallies } from "../storage/mass-tallies.ts";

export type MassQuestion = {
  readonly map: CompiledMap;
  readonly found: Pick<World, "linkAt" | "links">;
  readonly observations: readonly MappedObservation[];
  /** The enumeration that told them; null outside one. */
  readonly run: string | null;
  /** Places of which all waits. */
  readonly whole: ReadonlySet<string>;
};

/**
 * What the guard against a mass change may see of these rows; nothing, in no round trip, where none
 * of them is gone or changes a guarded field.
 */
export async function loadMass(
  tx: Transaction,
  question: MassQuestion,
): Promise<MassEvidence | undefined> {
  const counts = new Map<string, { readonly place: MassPlace; count: number }>();
  const told = new Set<string>();
  for (const observation of question.observations) {
    const row = rowKey(observation.binding, observation.externalId);
    for (const place of placesOf(question, observation, told.has(row))) {
      const known = counts.get(massKey(place));
      if (known === undefined) counts.set(massKey(place), { place, count: 1 });
      else known.count += 1;
    }
    told.add(row);
  }
  if (counts.size === 0) return undefined;
  const places = [...counts.values()];
  const tallies = await loadTallies(
    tx,
    places.map(({ place }) => place),
  );
  const totals = new Map<string, number>();
  await Promise.all(
    places.map(async ({ place, count }) => {
      const countMax = rowsThatMatter(question, place, seenAt(tallies, place) + count);
      if (countMax === null) return;
      totals.set(massKey(place), await countRows(tx, place, countMax));
    }),
  );
  return { run: question.run, tallies, totals, whole: question.whole };
}

/**
 * What the row may count for, before anything is decided about it. @param again the batch has told
 * it before, so that nobody knows yet what it will be then
 */
function placesOf(
  { map, found }: MassQuestion,
  observation: MappedObservation,
  again: boolean,
): MassPlace[] {
  const { binding, externalId, kind, fields } = observation;
  const id = found.linkAt.get(rowKey(binding, externalId));
  const link = id === undefined ? undefined : found.links.get(id);
  const rules = map.bindings.get(binding);
  if (rules === undefined) return [];
  if (kind === "gone") return [{ binding, kind, field: null }];
  // Its first values are nobody's edit.
  if (link === undefined && !again) return [];
  return Object.entries(fields).flatMap(([field, value]) => {
    const place = newsAt(rules, link, field, value);
    return place === null ? [] : [{ binding, ...place }];
  });
}

function newsAt(
  { fields, massLimit }: BindingRules,
  link: LinkState | undefined,
  field: string,
  value: MappedObservation["fields"][string],
): Pick<MassPlace, "kind" | "field"> | null {
  const rules = fields.get(field);
  if (rules === undefined || value === undefined) return null;
  const kind = rules.isBlank(value) ? "cleared" : "changed";
  if (massLimit(kind, field) === null) return null;
  const base = link?.bases[field];
  return base !== undefined && rules.equals(base.s, value) ? null : { kind, field };
}

const seenAt = (tallies: Tallies, place: MassPlace): number =>
  [...(tallies.get(massKey(place))?.values() ?? [])].reduce((sum, { seen }) => sum + seen, 0);

/**
 * So many rows must be there for nobody to be asked, whatever else the batch does; null where that
 * few do it that nobody asks how many there are.
 */
function rowsThatMatter(
  { map, observations }: MassQuestion,
  { binding, kind, field }: MassPlace,
  seenMax: number,
): number | null {
  const limit = map.bindings.get(binding as never)?.massLimit(kind, field);
  if (limit == null || seenMax <= limit.rows) return null;
  const share = Math.max(limit.share, 0.000_001);
  return Math.min(Math.ceil(seenMax / share) + observations.length + 1, 2_000_000_000);
}
