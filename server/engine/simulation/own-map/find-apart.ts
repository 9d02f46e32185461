import { AS_SPELLED } from "../../../core/mapping/refer.ts";
import type { BindingRules } from "../../../core/plan/compile-map.ts";
import { standsFor } from "../../../core/reconcile/decide-field.ts";
import { show } from "../oracle/audit-replay.ts";
import type { HubView, LinkRow } from "../oracle/hub-view.ts";
import type { Case } from "./judge.ts";

/** Rows that have another value than the hub at rest, although nothing says why. */
export function findApart(found: Case): string[] {
  return found.view.links
    .filter(({ state }) => state === "live")
    .flatMap((link) => {
      const rules = found.map.bindings.get(link.binding as never);
      return rules === undefined ? [] : findOf(found, link, rules);
    });
}

function findOf({ view, stood }: Case, link: LinkRow, rules: BindingRules): string[] {
  const record = view.records.get(link.record);
  const row = stood.systems.get(link.system)?.row(rules.binding.object, link.external_id ?? "");
  if (record === undefined || record.deleted_at !== null || row === null || row === undefined) {
    return [];
  }
  if (view.deliveries.some((one) => one.link === link.id && one.state === "parked")) return [];
  // Of what names another record only the engine knows which.
  const fields = rules.outFields.filter((id) => !rules.mapping.references.includes(id));
  return fields.flatMap((field) => {
    const hub = record.values[field]?.v;
    const told = rules.mapping.readBack(row, field, AS_SPELLED);
    const base = link.bases[field];
    if (hub === undefined || told?.kind !== "field") return [];
    const fieldRules = rules.fields.get(field);
    if (fieldRules === undefined || fieldRules.equals(told.value, hub)) return [];
    if (base === undefined || base.apart === true || base.void === true) return [];
    if (standsFor(fieldRules, base as never, hub) || isWaiting(view, link, field)) return [];
    const where = `row ${link.external_id} of ${link.system} ${rules.binding.object}`;
    return [`apart: ${where} has ${field} = ${show(told.value)}, the hub has ${show(hub)}`];
  });
}

/** It is asked or held. */
export function isWaiting(view: HubView, link: LinkRow, field: string): boolean {
  const asked = view.conflicts.some(
    (one) =>
      one.state === "open" && one.record === link.record && [field, null].includes(one.field),
  );
  const held = view.quarantine.some(
    (item) =>
      item.state === "held" &&
      (item.record === link.record || item.link === link.id) &&
      [field, null].includes(item.field),
  );
  return asked || held;
}
