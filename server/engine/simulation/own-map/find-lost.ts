import { AS_SPELLED } from "../../../core/mapping/refer.ts";
import type { BindingRules } from "../../../core/plan/compile-map.ts";
import type { FieldValue } from "../../../core/values/field-value.ts";
import { isBlank, show } from "../oracle/audit-replay.ts";
import type { AuditRow, LinkRow } from "../oracle/hub-view.ts";
import { isWaiting } from "./find-apart.ts";
import type { Case } from "./judge.ts";
import type { Change } from "./watch.ts";

/** What a person set in one field of one row, and nobody there changed after. */
type Edit = {
  readonly change: Change;
  readonly rules: BindingRules;
  readonly field: string;
  readonly value: FieldValue;
};

/**
 * Edits of which nothing tells what became; and edits by who alone may decide the field, and that
 * met no other edit, which the hub does not have.
 */
export function findLost(found: Case): string[] {
  const edits = editsOf(found);
  const last = new Map(edits.map((edit) => [`${edit.change.row} ${edit.field}`, edit]));
  return [...last.values()].flatMap((edit) => {
    const { change, field, value, rules } = edit;
    const link = linkOf(found, edit);
    if (link === undefined || isWaiting(found.view, link, field)) return [];
    const hub = found.view.records.get(link.record)?.values[field]?.v;
    const equals = (other: unknown) =>
      other !== undefined && rules.fields.get(field)?.equals(value, other as FieldValue) === true;
    if (hub !== undefined && equals(hub)) return [];
    const what = `${field} = ${show(value)} in row ${change.id} of ${change.system}`;
    const others = edits.filter((one) => one.field === field && one !== edit);
    if (isOwner(edit) && others.length === 0) {
      return [
        `lost: ${what}, which nobody else has edited, is not the hub's, which has ${show(hub)}`,
      ];
    }
    const isRead = rules.inFields.includes(field);
    if (!isRead || isTold(found.lines, link, field, equals)) return [];
    return [`lost: nothing tells what became of ${what}`];
  });
}

/** May the system decide the field before all others, whatever the record has? */
function isOwner({ rules, field, change }: Edit): boolean {
  const of = rules.entity.entity.fields.find(({ id }) => id === field)?.ownership;
  if (of === undefined || of.cases !== undefined || of.once === true) return false;
  const [first] = of.tiers;
  return first?.when === "always" && first.systems.includes(change.system) && !of.clear;
}

function editsOf({ changes, map }: Case): Edit[] {
  const byPeople = changes.filter(({ isOurs, after }) => !isOurs && after !== null);
  return byPeople.flatMap((change) =>
    [...map.bindings.values()]
      .filter(({ binding: { system, object } }) => {
        return system === change.system && object === change.object;
      })
      .flatMap((rules) => fieldsOf(change, rules)),
  );
}

/** The fields that a change has changed, also where the map only writes them. */
function fieldsOf(change: Change, rules: BindingRules): Edit[] {
  const { after, before } = change;
  if (after === null || (rules.scope?.missOf(after) ?? null) !== null) return [];
  const now = rules.mapping.forward(after, null, AS_SPELLED).fields;
  const then = before === null ? {} : rules.mapping.forward(before, null, AS_SPELLED).fields;
  const back = (columns: Change["before"], field: string) => {
    const told = columns === null ? null : rules.mapping.readBack(columns, field, AS_SPELLED);
    return told?.kind === "field" ? told.value : undefined;
  };
  const mapped = new Set([...rules.inFields, ...rules.outFields]);
  for (const field of rules.mapping.references) mapped.delete(field);
  return [...mapped].flatMap((field) => {
    const value = now[field] ?? back(after, field);
    const was = then[field] ?? back(before, field);
    const equals = rules.fields.get(field)?.equals;
    if (value === undefined || (before === null && isBlank(value))) return [];
    if (was !== undefined && equals?.(value, was) === true) return [];
    return [{ change, rules, field, value }];
  });
}

/** The row's link, as long as the row is there. */
function linkOf({ view, stood }: Case, { change, rules }: Edit): LinkRow | undefined {
  const { system, object, id } = change;
  if (stood.systems.get(system)?.row(object, id) == null) return undefined;
  return view.links.find(
    (one) => one.state === "live" && one.binding === rules.binding.id && one.external_id === id,
  );
}

function isTold(
  lines: readonly AuditRow[],
  link: LinkRow,
  field: string,
  equals: (other: unknown) => boolean,
): boolean {
  return lines.some(({ record, field: of, after, losers, rule, kind }) => {
    // What a system made of what we wrote is nobody's edit.
    if (record !== link.record || kind === "adjusted") return false;
    if (of === null) return equals((after as Readonly<Record<string, unknown>> | null)?.[field]);
    if (of !== field) return false;
    const isNamed = equals(after) || (losers ?? []).some((one) => equals(one.value));
    return isNamed || rule === "sum-of-deltas";
  });
}
