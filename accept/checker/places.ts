import type { JournalEntry } from "./journal.ts";
import type { SystemRows } from "./sandbox-rows.ts";

/** One field of one business key, with all that was written to it. */
export type Place = {
  readonly place: string;
  readonly entries: readonly JournalEntry[];
  /** What the systems hold, as the first one that has the field has it. */
  readonly final: string | null;
};

/** The places that a journal names, with what some rows hold there. */
export function placesOf(journal: readonly JournalEntry[], rows: readonly SystemRows[]): Place[] {
  const groups = Map.groupBy(journal, ({ entity, key, field }) => `${entity} ${key} ${field}`);
  return [...groups].map(([place, entries]) => {
    const [{ entity, key, field } = { entity: "product", key: "", field: "" }] = entries;
    const holders = rows.filter((one) => one.entity === entity && one.system !== "hub");
    const values = holders.map((one) => one.rows.get(key)?.[field]);
    return { place, entries, final: values.find((value) => value !== undefined) ?? null };
  });
}
