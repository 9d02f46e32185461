import type { FieldRules } from "../ownership/field-rules.ts";
import { type FieldValue, partsOf } from "../values/field-value.ts";
import type { Base, HubValue, LinkState, RecordState } from "./state.ts";

/**
 * What the hub and a link have of what is decided at once: one field, or a group of fields as a
 * tuple. Both are kept field by field, and read and written here alone where a group may be meant.
 */

type Values = RecordState["values"];
type Bases = LinkState["bases"];

/** The hub's value; of a group all its parts, undefined where it has none of them. */
export function hubOf(values: Values, rules: FieldRules): HubValue | undefined {
  if (rules.parts === null) return values[rules.field];
  const parts: Record<string, FieldValue> = {};
  let last: HubValue | undefined;
  for (const { field } of rules.parts) {
    const value = values[field];
    parts[field] = value?.v ?? null;
    if (value !== undefined && (last === undefined || decidedAfter(value, last))) last = value;
  }
  return last === undefined ? undefined : { v: { parts }, by: last.by, at: last.at };
}

/**
 * Whose is a tuple whose parts have several sources, as they had before they were decided together
 * or where a system tells only some? A person's, else that of the part that came last.
 */
function decidedAfter(value: HubValue, other: HubValue): boolean {
  const [isWord, wasWord] = [value, other].map(({ by }) => by.startsWith("person:"));
  return isWord === wasWord ? Date.parse(value.at) > Date.parse(other.at) : isWord === true;
}

/**
 * The values with another one; of a group with the parts that the tuple has. The whole tuple is
 * its source's word, also the parts that it did not change.
 */
export function withHub(values: Values, rules: FieldRules, hub: HubValue): Values {
  if (rules.parts === null) return { ...values, [rules.field]: hub };
  const next: Record<string, HubValue> = { ...values };
  for (const [field, v] of Object.entries(partsOf(hub.v, rules.field))) next[field] = { ...hub, v };
  return next;
}

/**
 * A link's base; of a group the bases of the parts that `told` has, undefined where one of them
 * was never accounted for.
 */
export function baseOf(bases: Bases, rules: FieldRules, told: FieldValue): Base | undefined {
  if (rules.parts === null) return bases[rules.field];
  const s: Record<string, FieldValue> = {};
  const g: Record<string, FieldValue> = {};
  let isVoid = false;
  let isApart = false;
  let isByChance = false;
  for (const field of Object.keys(partsOf(told, rules.field))) {
    const base = bases[field];
    if (base === undefined) return undefined;
    s[field] = base.s;
    g[field] = base.g === undefined ? base.s : base.g;
    isVoid ||= base.void === true;
    isApart ||= base.apart === true;
    isByChance ||= base.byChance === true;
  }
  return {
    s: { parts: s },
    g: { parts: g },
    ...(isVoid ? { void: true } : {}),
    ...(isApart ? { apart: true } : {}),
    ...(isByChance ? { byChance: true } : {}),
    ...stoodIn(bases, Object.keys(s)),
  };
}

/** What stood in the parts before our write, as of the last one of which an answer alone tells. */
function stoodIn(bases: Bases, fields: readonly string[]): Pick<Base, "w"> {
  const times = fields.flatMap((field) => bases[field]?.w?.at ?? []);
  const at = times.sort().at(-1);
  if (at === undefined) return {};
  const parts = fields.map((field) => {
    const base = bases[field];
    return [field, base?.w === undefined ? (base?.s ?? null) : base.w.v] as const;
  });
  return { w: { v: { parts: Object.fromEntries(parts) }, at } };
}

/**
 * The bases with another one; of a group with those of the parts that it has. That the hub's value
 * is due, or kept apart, is noted at the parts that differ from it: each stays true where the map
 * parts them one day.
 */
export function withBase(
  bases: Bases,
  rules: FieldRules,
  base: Base,
  hub: HubValue | undefined,
): Bases {
  if (rules.parts === null) return { ...bases, [rules.field]: base };
  const next: Record<string, Base> = { ...bases };
  for (const part of rules.parts) {
    const of = (value: FieldValue | undefined) =>
      value === undefined ? undefined : partsOf(value, rules.field)[part.field];
    const s = of(base.s);
    if (s === undefined) continue;
    const made = partBase(part, { s, g: of(base.g), hub: of(hub?.v) }, base);
    const was = bases[part.field];
    // What a person has said of the part's value stands as long as that does.
    const isSaid = was?.said !== undefined && part.equals(was.s, s);
    next[part.field] = isSaid ? { ...made, said: was.said } : made;
  }
  return next;
}

type PartState = {
  readonly s: FieldValue;
  readonly g: FieldValue | undefined;
  readonly hub: FieldValue | undefined;
};

function partBase({ equals }: FieldRules, { s, g, hub }: PartState, whole: Base): Base {
  const differs = hub === undefined || !equals(s, hub);
  return {
    s,
    ...(g === undefined || equals(s, g) ? {} : { g }),
    ...(whole.void === true && differs ? { void: true } : {}),
    ...(whole.apart === true && differs ? { apart: true } : {}),
    ...(whole.byChance === true ? { byChance: true } : {}),
  };
}

/** What the hub would have if it took a tuple that has some of the parts only. */
export function whole(value: FieldValue, rules: FieldRules, hub: HubValue | undefined): FieldValue {
  if (rules.parts === null) return value;
  const beside = hub === undefined ? {} : partsOf(hub.v, rules.field);
  return { parts: { ...beside, ...partsOf(value, rules.field) } };
}

/** The bases of which the hub's value is the same by chance. */
export function withChance(bases: Bases, rules: FieldRules): Bases {
  const next: Record<string, Base> = { ...bases };
  for (const { field } of rules.parts ?? [rules]) {
    const base = bases[field];
    if (base !== undefined) next[field] = { ...base, byChance: true };
  }
  return next;
}

/** Notes what stood before our write where an answer alone says, as of now, that it was done. */
export function withStood(bases: Bases, rules: FieldRules, before: Bases, at: string): Bases {
  const next: Record<string, Base> = { ...bases };
  for (const { field, equals } of rules.parts ?? [rules]) {
    const [was, is] = [before[field], bases[field]];
    if (was === undefined || is === undefined || equals(was.s, is.s)) continue;
    next[field] = { ...is, w: { v: was.s, at } };
  }
  return next;
}

/** The system has shown what we wrote: what stood before is of no concern any more. */
export function withoutStood(bases: Bases, rules: FieldRules): Bases {
  const next: Record<string, Base> = { ...bases };
  for (const { field } of rules.parts ?? [rules]) {
    const known = bases[field];
    if (known === undefined) continue;
    const { w: _, ...base } = known;
    next[field] = base;
  }
  return next;
}
