import type { Field, OwnershipRule } from "../map/document.ts";
import type { HubValue, Source } from "../reconcile/state.ts";
import { compileRules } from "../validation/field-rules.ts";
import { makeKey } from "../values/equal-value.ts";
import type { FieldValue } from "../values/field-value.ts";

/** How one field of one entity is decided, compiled once per map version. */
export type FieldRules = {
  readonly field: string;
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
  readonly refused: OwnershipRule["refused"];
  readonly policy: Field["policy"]["kind"];
};

export type Tier = {
  readonly rank: number;
  /** Place inside the tier: only the policy `ranked` looks at it. */
  readonly place: number;
  readonly whenBlank: boolean;
};

const OPEN_TIER: Tier = { rank: 0, place: 0, whenBlank: false };

/** Compiles who may decide; `equals` and `isBlank` come from the field's type and options. */
export function compileFieldRules(
  field: Field,
  values: Pick<FieldRules, "equals" | "isBlank">,
): FieldRules {
  const { items = "text", trim, ignoreCase } = field.options ?? {};
  const validation = compileRules(field);
  const tiers = new Map<string, Tier>();
  for (const [rank, tier] of (field.ownership?.tiers ?? []).entries()) {
    for (const [place, system] of tier.systems.entries()) {
      if (!tiers.has(system)) tiers.set(system, { rank, place, whenBlank: tier.when === "blank" });
    }
  }
  return {
    field: field.id,
    type: field.type,
    equals: values.equals,
    isBlank: values.isBlank,
    memberKey: makeKey(items, { trim, ignoreCase }),
    meetsRules: (value) => !validation.ok || validation.check(value) === null,
    tiers,
    open: field.ownership === undefined,
    refused: field.ownership?.refused ?? "revert",
    policy: field.policy.kind,
  };
}

/** The system's tier for this field; null when it decides nothing. */
export function tierOf(rules: FieldRules, system: string): Tier | null {
  return rules.tiers.get(system) ?? (rules.open ? OPEN_TIER : null);
}

/**
 * Does ownership admit an edit by `system`, given the hub's value? "Fills when blank" tests the
 * hub's value; the filler keeps the field until an owner edits it.
 */
export function admits(rules: FieldRules, system: string, hub: HubValue | undefined): boolean {
  const tier = tierOf(rules, system);
  if (tier === null) return false;
  if (!tier.whenBlank) return true;
  return hub === undefined || rules.isBlank(hub.v) || hub.by === `system:${system}`;
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
