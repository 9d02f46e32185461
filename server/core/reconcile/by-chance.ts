import type { FieldRules } from "../ownership/field-rules.ts";
import { standsFor } from "./decide-field.ts";
import { baseOf, hubOf, withChance, withHub } from "./sides.ts";
import type { HubValue, LinkState, MappedObservation, RecordState } from "./state.ts";
import { linkOf, linksOf, putLink, putRecord, type Working } from "./world.ts";

type Edited = {
  readonly rules: FieldRules;
  readonly row: { readonly observation: MappedObservation; readonly by: HubValue["by"] };
};

/** The hub's value stands, and is from now on this system's, as of its edit. */
export function backHub(
  work: Working,
  record: RecordState,
  link: LinkState,
  { rules, row }: Edited,
): void {
  const hub = hubOf(record.values, rules);
  if (hub === undefined) return;
  const backed = { v: hub.v, by: row.by, at: row.observation.at ?? work.world.now };
  putRecord(work, { ...record, values: withHub(record.values, rules, backed) });
  noteChance(work, link, rules, backed);
}

/** The other systems that have the hub's new value already have it by themselves. */
export function noteChance(work: Working, by: LinkState, rules: FieldRules, hub: HubValue): void {
  for (const id of linksOf(work, by.record)) {
    const link = id === by.id ? undefined : linkOf(work, id);
    const base = link && baseOf(link.bases, rules, hub.v);
    if (link === undefined || base === undefined || !standsFor(rules, base, hub.v)) continue;
    putLink(work, { ...link, bases: withChance(link.bases, rules) });
  }
}
