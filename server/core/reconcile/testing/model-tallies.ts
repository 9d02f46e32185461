import type { CompiledMap } from "../../plan/compile-map.ts";
import { type MassEvidence, massKey, type Tally } from "../mass-guard.ts";
import type { LinkState } from "../state.ts";

export type Tallies = Map<string, Map<string, Tally>>;

/** Keeps what was counted, as the storage does. */
export function addTallies(all: Tallies, more: Tallies): void {
  for (const [key, buckets] of more) {
    const known = all.get(key) ?? new Map<string, Tally>();
    all.set(key, known);
    for (const [bucket, { seen, held }] of buckets) {
      const before = known.get(bucket) ?? { seen: 0, held: 0 };
      known.set(bucket, { seen: before.seen + seen, held: before.held + held });
    }
  }
}

/** What the guard may see of a stream. */
export function massOf(
  map: CompiledMap,
  tallies: Tallies,
  live: readonly LinkState[],
): MassEvidence {
  const totals = new Map<string, number>();
  for (const { binding, fields } of map.bindings.values()) {
    const rows = live.filter((link) => link.binding === binding.id);
    totals.set(massKey({ binding: binding.id, kind: "gone", field: null }), rows.length);
    for (const field of fields.keys()) {
      const filled = rows.filter(({ bases }) => (bases[field]?.s ?? "") !== "");
      const place = { binding: binding.id, field };
      totals.set(massKey({ ...place, kind: "cleared" }), filled.length);
      totals.set(massKey({ ...place, kind: "changed" }), rows.length);
    }
  }
  return { run: null, tallies: structuredClone(tallies), totals };
}
