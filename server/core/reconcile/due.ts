import { NOBODY, type Refer } from "../mapping/refer.ts";
import type { BindingRules, EntityRules } from "../plan/compile-map.ts";
import { type FieldValue, partsOf } from "../values/field-value.ts";
import { standsFor } from "./decide-field.ts";
import type { Conflict, LinkState, RecordState } from "./state.ts";
import type { HeldValue } from "./world.ts";

/** Fields of a record that nothing may deliver now: under review, or with a value in quarantine. */
export function heldFields(
  entity: EntityRules | undefined,
  conflicts: readonly Conflict[],
  held: readonly HeldValue[],
): ReadonlySet<string> {
  if (conflicts.length === 0 && held.length === 0) return NONE;
  const fields = new Set(held.map(({ field }) => field));
  for (const question of conflicts) for (const field of asked(question)) fields.add(field);
  for (const group of entity?.groups ?? []) {
    if (!group.some((field) => fields.has(field))) continue;
    for (const field of group) fields.add(field);
  }
  return fields;
}

/** Also of a group that the map has parted since: all of it is asked until that is fitted. */
function asked({ kind, field, candidates }: Conflict): string[] {
  if (kind !== "field" || field === null) return [];
  return [field, ...candidates.flatMap(({ value }) => Object.keys(partsOf(value, field)))];
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
    if (link.state === "pending" || differs(rules, record, link, field)) due.push(field);
  }
  const asOne = link.state !== "pending" && due.length > 0 && rules.entity.groups.length > 0;
  return asOne ? withTheirGroups(rules, record, link, due) : due;
}

/**
 * Of a group all that the link receives is sent where one part is due, on condition that none has
 * changed there; and nothing, where a part is kept apart or nobody knows yet what stands there.
 */
function withTheirGroups(
  { entity, outFields }: BindingRules,
  record: RecordState,
  link: LinkState,
  due: readonly string[],
): string[] {
  const all = new Set(due);
  for (const group of entity.groups) {
    if (!group.some((field) => all.has(field))) continue;
    const parts = group.filter((field) => outFields.includes(field));
    const waits =
      isKeptApart(link, group) || parts.some((field) => link.bases[field] === undefined);
    for (const field of parts) {
      if (waits) all.delete(field);
      else if (record.values[field] !== undefined) all.add(field);
    }
  }
  return outFields.filter((field) => all.has(field));
}

/** Does the system keep a value of its own in one of these fields? */
export const isKeptApart = (
  { bases }: Pick<LinkState, "bases">,
  fields: readonly string[],
): boolean => fields.some((field) => bases[field]?.apart === true);

function differs(
  rules: BindingRules,
  record: RecordState,
  link: LinkState,
  field: string,
): boolean {
  const base = link.bases[field];
  const hub = record.values[field]?.v;
  if (base === undefined || hub === undefined || base.apart === true) return false;
  if (base.misnamed === true) return true;
  // By far the most fields: what both have is the same to the letter.
  if (base.s === hub && base.g === undefined) return false;
  const fieldRules = rules.fields.get(field);
  if (fieldRules === undefined || standsFor(fieldRules, base, hub)) return false;
  return !fieldRules.equals(base.s, hub) || isReadElsewhere(rules, record, link, field);
}

/**
 * Did the system give what was sent of this field to another one of its column? A family name
 * without a given one is read as a given name. The column as a whole is not the hub's then,
 * although this field of it seems to be.
 */
function isReadElsewhere(
  { binding, mapping, fields }: BindingRules,
  record: RecordState,
  { bases }: LinkState,
  field: string,
): boolean {
  const base = bases[field];
  if (base?.g === undefined || base.void === true) return false;
  const { writes } = mapping.edgeOfField(field);
  const together = binding.edges.find(({ id }) => id === writes)?.fields ?? [];
  return together.some((other) => {
    const [s, hub] = [bases[other]?.s, record.values[other]?.v];
    return s !== undefined && hub !== undefined && fields.get(other)?.equals(s, hub) === false;
  });
}

/**
 * Is the row of a deleted record to be deleted or put away too? A person may have left it where it
 * is; one that somebody has put away there already is as it should be.
 */
export function isToGo(
  { binding, archive }: BindingRules,
  record: RecordState,
  link: LinkState,
): boolean {
  if (link.state !== "live" || record.merged?.left.includes(link.id) === true) return false;
  if (archive !== null) return !archive.isPutAway(link.columns);
  return binding.whenRecordDeleted === "delete";
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
    return isToGo(rules, record, link);
  }
  if (link.state === "archived") return rules.archive !== null;
  if (link.state === "pending") {
    const { held, loaded } = context;
    if (link.letBe != null) return false;
    return rules.binding.createsRows && loaded && wouldLieInside(rules, record, held, NOBODY);
  }
  return link.state === "live" && hasDueField(rules, record, link, context.held);
}

function hasDueField(
  rules: BindingRules,
  record: RecordState,
  link: LinkState,
  held: ReadonlySet<string>,
): boolean {
  const { outFields, entity } = rules;
  for (const field of outFields) {
    if (held.has(field) || !differs(rules, record, link, field)) continue;
    // Whether a group is sent takes all of it.
    return entity.groups.length === 0 || dueFields(rules, record, link, held).length > 0;
  }
  return false;
}

/**
 * Would a row that is made of the record lie in the binding's scope? One that would not is not
 * made. What cannot be said, because a value has no way there, is left to the delivery to tell.
 */
export function wouldLieInside(
  rules: BindingRules,
  record: RecordState,
  held: ReadonlySet<string>,
  refer: Refer,
): boolean {
  const { scope, mapping, outFields } = rules;
  if (scope === null) return true;
  const values: Record<string, FieldValue> = {};
  for (const field of outFields) {
    const hub = record.values[field];
    if (hub !== undefined && !held.has(field)) values[field] = hub.v;
  }
  const due = new Set(Object.keys(values));
  const request = { values, due, previous: null, waiting: held, refer };
  const { columns, problems } = mapping.backward(request);
  const unsaid = problems.flatMap(({ field }) => writtenColumns(rules, field));
  return scope.columns.some((name) => unsaid.includes(name)) || scope.missOfNew(columns) === null;
}

function writtenColumns({ binding, mapping }: BindingRules, field: string): readonly string[] {
  const { writes } = mapping.edgeOfField(field);
  return binding.edges.find(({ id }) => id === writes)?.columns ?? [];
}
