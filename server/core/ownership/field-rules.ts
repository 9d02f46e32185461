import { conditionsWords } from "../conditions/condition-words.ts";
import { compileConditions } from "../conditions/record-conditions.ts";
import { compilePolicy, type PolicyExpression } from "../conflicts/policy-expression.ts";
import type { Field, FieldGroup, Policy, Rights } from "../map/document.ts";
import type { HubValue, RecordState, Source } from "../reconcile/state.ts";
import { compileRules } from "../validation/field-rules.ts";
import { makeKey } from "../values/equal-value.ts";
import type { FieldValue } from "../values/field-value.ts";

/**
 * How one field of one entity is decided, or fields that are decided together, compiled once per
 * map version.
 */
export type FieldRules = {
  /** Of a group its first field, by which its question is known. */
  readonly field: string;
  /** Of a group the rules of each part, for what is compared part by part; null: one field. */
  readonly parts: readonly FieldRules[] | null;
  /** The name of the group that decides the field; null where it is decided alone. */
  readonly group: string | null;
  /** Of a group of which a binding reads some parts only: the rules of the whole one. */
  readonly whole: FieldRules | null;
  readonly type: Field["type"];
  readonly equals: (a: FieldValue, b: FieldValue) => boolean;
  readonly isBlank: (value: FieldValue) => boolean;
  /** Of a list or set: two members mean the same exactly when their keys are equal. */
  readonly memberKey: (member: FieldValue) => string;
  /** Does a value that nobody has written, made of two edits, meet the field's rules? */
  readonly meetsRules: (value: FieldValue) => boolean;
  /** A lower number outranks; a system without one decides nothing. */
  readonly tiers: ReadonlyMap<string, Tier>;
  /** Without an ownership rule every bound system may decide, all of one rank. */
  readonly open: boolean;
  readonly refused: Rights["refused"];
  /** What an owner or a person has set is changed by no system any more. */
  readonly once: boolean;
  /** Systems that may clear the field; null: whoever may decide it. */
  readonly clear: ReadonlySet<string> | null;
  readonly policy: Field["policy"]["kind"];
  /** Of the policy that the map writes itself; null: another one, or one that cannot be read. */
  readonly expression: PolicyExpression | null;
  /** Rules that hold for some records instead, the first that fits; most fields have none. */
  readonly cases: readonly Case[];
  /** Of such a case: what must hold for it, for the audit log. */
  readonly caseWords: string | null;
};

type Case = {
  /** Of a hub record with these values. */
  readonly holds: (values: RecordState["values"]) => boolean;
  readonly rules: FieldRules;
};

export type Tier = {
  readonly rank: number;
  /** Place inside the tier: only the policy `ranked` looks at it. */
  readonly place: number;
  readonly whenBlank: boolean;
};

const OPEN_TIER: Tier = { rank: 0, place: 0, whenBlank: false };

/**
 * Compiles who may decide; `equals` and `isBlank` come from the field's type and options.
 * @param fields all fields of the entity: conditions of ownership are about them
 */
export function compileFieldRules(
  field: Field,
  values: Pick<FieldRules, "equals" | "isBlank">,
  fields: readonly Field[] = [field],
  group: FieldGroup | undefined = undefined,
): FieldRules {
  const { items = "text", trim, ignoreCase } = field.options ?? {};
  const validation = compileRules(field);
  return compileDecider(group ?? field, fields, {
    ...{ field: field.id, type: field.type, parts: null, group: group?.name ?? null },
    ...values,
    memberKey: makeKey(items, { trim, ignoreCase }),
    expression: expressionOf(field, fields),
    meetsRules: (value) => !validation.ok || validation.check(value) === null,
  });
}

/** One that the check would refuse gives no answer. */
function expressionOf(field: Field, fields: readonly Field[]): PolicyExpression | null {
  if (field.policy.kind !== "expression") return null;
  const compiled = compilePolicy(field.policy.expression, field, fields);
  return compiled.ok ? compiled.policy : null;
}

type Decider = Pick<
  FieldRules,
  | "field"
  | "type"
  | "parts"
  | "group"
  | "equals"
  | "isBlank"
  | "memberKey"
  | "meetsRules"
  | "expression"
>;

/** The rules of what decides, a field or a group, and those of its cases. */
export function compileDecider(
  { ownership, policy }: Pick<Field, "ownership" | "policy">,
  fields: readonly Field[],
  of: Decider,
): FieldRules {
  const cases = (ownership?.cases ?? []).map(({ when, ...rights }) => {
    const words = conditionsWords(fields, when);
    return {
      holds: holding(fields, when),
      rules: rulesOf(of, policy, { rights, cases: [], words }),
    };
  });
  return rulesOf(of, policy, { rights: ownership, cases, words: null });
}

type Ruled = {
  readonly rights: Rights | undefined;
  readonly cases: readonly Case[];
  readonly words: string | null;
};

/** Written out in one place, so that all rules have one shape: they are read for every value. */
function rulesOf(of: Decider, policy: Policy, { rights, cases, words }: Ruled): FieldRules {
  return {
    field: of.field,
    parts: of.parts,
    group: of.group,
    whole: null,
    type: of.type,
    equals: of.equals,
    isBlank: of.isBlank,
    memberKey: of.memberKey,
    meetsRules: of.meetsRules,
    tiers: tiersOf(rights),
    open: rights === undefined,
    refused: rights?.refused ?? "revert",
    once: rights?.once === true,
    clear: rights?.clear === undefined ? null : new Set(rights.clear),
    policy: policy.kind,
    expression: of.expression,
    cases,
    caseWords: words,
  };
}

function tiersOf(rights: Rights | undefined): ReadonlyMap<string, Tier> {
  const tiers = new Map<string, Tier>();
  for (const [rank, tier] of (rights?.tiers ?? []).entries()) {
    for (const [place, system] of tier.systems.entries()) {
      if (!tiers.has(system)) tiers.set(system, { rank, place, whenBlank: tier.when === "blank" });
    }
  }
  return tiers;
}

function holding(...of: Parameters<typeof compileConditions>): Case["holds"] {
  const holds = compileConditions(...of);
  return (values) => holds((field) => values[field]?.v);
}

/** The rules that hold for a record as the hub has it now. */
export function rulesFor(rules: FieldRules, values: RecordState["values"]): FieldRules {
  // By far the most fields.
  if (rules.cases.length === 0) return rules;
  return rules.cases.find(({ holds }) => holds(values))?.rules ?? rules;
}

/** The system's tier for this field; null when it decides nothing. */
export function tierOf(rules: FieldRules, system: string): Tier | null {
  return rules.tiers.get(system) ?? (rules.open ? OPEN_TIER : null);
}

/** An edit of one field, as far as the right to make it is concerned. */
export type Claim = {
  readonly system: string;
  readonly hub: HubValue | undefined;
  /** What the field is to become; undefined asks for the right to any value at all. */
  readonly value?: FieldValue;
};

/** Does ownership admit the edit? */
export function admits(rules: FieldRules, claim: Claim): boolean {
  return barOf(rules, claim) === null;
}

/** Why an edit is not admitted: the rule that the audit log names. */
export type Bar = "not-an-owner" | "set-once" | "may-not-clear";

/**
 * What keeps an edit out, given the hub's value; null where ownership admits it. "Fills when blank"
 * tests the hub's value; the filler keeps the field until an owner edits it.
 */
export function barOf(rules: FieldRules, { system, hub, value }: Claim): Bar | null {
  const tier = tierOf(rules, system);
  if (tier === null) return "not-an-owner";
  if (hub === undefined) return null;
  // Also of a blank field: else it would show which of two that clear it came first.
  const clears = value !== undefined && rules.isBlank(value) && !mayClear(rules, system);
  if (rules.isBlank(hub.v)) return clears ? "may-not-clear" : null;
  if (tier.whenBlank && hub.by !== `system:${system}`) return "not-an-owner";
  if (rules.once && isSet(rules, hub.by)) return "set-once";
  return clears ? "may-not-clear" : null;
}

/** Was the value set for good? What only fills a blank is no owner's word. */
function isSet(rules: FieldRules, by: Source): boolean {
  const system = systemOf(by);
  return system === null || tierOf(rules, system)?.whenBlank === false;
}

/** May the system make the field blank? Clearing is a right of its own where the map says so. */
export function mayClear({ clear }: FieldRules, system: string): boolean {
  return clear === null || clear.has(system);
}

/** Negative when an edit by `system` outranks the hub value's source, 0 when neither does. */
export function compareRank(rules: FieldRules, system: string, by: Source): number {
  const other = systemOf(by);
  // A person outranks every system; a newer edit by an owner is judged by its time before this.
  if (other === null) return 1;
  const mine = tierOf(rules, system)?.rank ?? Number.MAX_SAFE_INTEGER;
  const theirs = tierOf(rules, other)?.rank ?? Number.MAX_SAFE_INTEGER;
  return mine - theirs;
}

/** "system:erp" => "erp"; null for a person. */
export function systemOf(by: Source): string | null {
  return by.startsWith("system:") ? by.slice("system:".length) : null;
}
