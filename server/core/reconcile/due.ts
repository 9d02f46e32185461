import type { BindingRules } from "../plan/compile-map.ts";
import { standsFor } from "./decide-field.ts";
import type { Conflict, LinkState, RecordState } from "./state.ts";
import type { HeldValue } from "./world.ts";

/** Fields of a record that nothing may deliver now: under review, or with a value in quarantine. */
export function heldFields(
  conflicts: readonly Conflict[],
  held: readonly HeldValue[],
): ReadonlySet<string> {
  if (conflicts.length === 0 && held.length === 0) return NONE;
  const fields = new Set<string>();
  for (const { kind, field } of conflicts)
    if (kind === "field" && field !== null) fields.add(field);
  for (const { field } of held) fields.add(field);
  return fields;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * The fields that are due to a link: exactly those where h ≠ g, that the link may receive, and
 * that are neither held nor kept apart. A field whose system value already is the hub's is not
 * sent: no write ever repeats what is stored.
 */
export function dueFields(
  rules: BindingRules,
  record: RecordState,
  link: LinkState,
  held: ReadonlySet<string>,
): string[] {
  const due: string[] = [];
  for (const field of rules.outFields) {
    const hub = record.values[field];
    if (hub === undefined || held.has(field)) continue;
    if (link.state === "pending") {
      due.push(field);
      continue;
    }
    const base = link.bases[field];
    const fieldRules = rules.fields.get(field);
    if (base === undefined || fieldRules === undefined || base.apart === true) continue;
    if (standsFor(fieldRules, base, hub.v) || fieldRules.equals(base.s, hub.v)) continue;
    due.push(field);
  }
  return due;
}

/** Has this link's system anything to be told? A question about the record's deletion waits. */
export function isDue(
  rules: BindingRules,
  record: RecordState,
  link: LinkState,
  context: {
    readonly held: ReadonlySet<string>;
    readonly deleteAsked: boolean;
    readonly loaded: boolean;
  },
): boolean {
  if (context.deleteAsked) return false;
  if (record.deletedAt !== null) {
    return link.state === "live" && rules.binding.whenRecordDeleted === "delete";
  }
  if (link.state === "pending") return rules.binding.createsRows && context.loaded;
  return link.state === "live" && dueFields(rules, record, link, context.held).length > 0;
}
