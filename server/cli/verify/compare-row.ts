import { decidedWith } from "../../core/map/groups.ts";
import { isSame } from "../../core/map/same.ts";
import { REFERENCE_SHARED, type Refer } from "../../core/mapping/refer.ts";
import { admits, rulesFor } from "../../core/ownership/field-rules.ts";
import type { BindingRules } from "../../core/plan/compile-map.ts";
import { isKeptApart } from "../../core/reconcile/due.ts";
import { isBlank } from "../../core/values/equal-value.ts";
import type { Columns, FieldValue } from "../../core/values/field-value.ts";
import { quoteValue } from "../../core/values/format-value.ts";
import type { LinkedRow, StandingField } from "../../storage/screens/command-line-verify.ts";

/** Why a system and the hub may differ although nothing is wrong. */
export const REASONS = [
  /** A question about it is open. */
  "held",
  "quarantined",
  "kept-apart",
  /** The system stores what it was sent differently. */
  "adjusted",
  /** On its way. */
  "due",
  /** It refers by a name that another row has got too, and means what it meant. */
  "shared-name",
  /** The system tells the field and does not receive it. */
  "not-received",
  /** Its system may not decide the field, and the hub has no value to set it back to. */
  "not-owned",
  /** The record is deleted or merged into another one, and its rows are left alone. */
  "left",
  /** Rows that belong to no record, as the map or a person wants it. */
  "not-linked",
  /** Rows outside the scope of their binding. */
  "outside",
  /** Waits for a person to approve a change of many records. */
  "to-approve",
] as const;
export type Reason = (typeof REASONS)[number];

export type Verdict =
  | { readonly kind: "equal" }
  | { readonly kind: "explained"; readonly reason: Reason }
  | { readonly kind: "unexplained"; readonly detail: string };

export type FieldVerdict = { readonly field: string; readonly verdict: Verdict };

const EQUAL: Verdict = { kind: "equal" };

/** Compares one row with its record, field by field. Pure. */
export function compareRow(
  rules: BindingRules,
  columns: Columns,
  linked: LinkedRow,
  standing: readonly StandingField[],
  refer: Refer,
): FieldVerdict[] {
  const of: Row = { rules, columns, linked, standing, refer };
  if (linked.deletedAt !== null) return [{ field: "", verdict: deletedVerdict(of) }];
  const reading = rules.mapping.forward(columns, null, refer);
  const told = rules.inFields.map((field) => {
    const value = Object.hasOwn(reading.fields, field) ? reading.fields[field] : undefined;
    if (value !== undefined) return { field, verdict: toldVerdict(of, field, value) };
    const problem = reading.problems.find((one) => one.field === field);
    const detail = problem?.message ?? "The row does not tell it.";
    const stands = standingReason(of, field) ?? unledReason(of, field, problem?.code ?? "");
    return { field, verdict: stands ?? unexplained(detail) };
  });
  const written = rules.outFields
    .filter((field) => !rules.inFields.includes(field))
    .map((field) => ({ field, verdict: writtenVerdict(of, field) }));
  return [...told, ...written];
}

type Row = {
  readonly rules: BindingRules;
  readonly columns: Columns;
  readonly linked: LinkedRow;
  readonly standing: readonly StandingField[];
  readonly refer: Refer;
};

function toldVerdict(of: Row, field: string, value: FieldValue): Verdict {
  const hub = of.linked.values[field]?.v;
  const equals = of.rules.fields.get(field)?.equals ?? isSame;
  if (hub === undefined ? isBlank(value) : equals(value, hub)) return EQUAL;
  const stands = standingReason(of, field) ?? baseReason(of, field, { value, hub, equals });
  if (stands !== null) return stands;
  const should = hub === undefined ? "no value" : quoteValue(hub);
  const base = of.linked.bases[field];
  const last = base === undefined ? "nothing" : quoteValue(base.s);
  return unexplained(
    `The system has ${quoteValue(value)}, the hub ${should}; last accounted for: ${last}.`,
  );
}

/** What it refers to has another name by now, or another row has got the same beside it. */
function unledReason({ linked }: Row, field: string, code: string): Verdict | null {
  const base = linked.bases[field];
  if (base?.misnamed === true) return deliveryReason(linked);
  return code === REFERENCE_SHARED && base !== undefined ? explained("shared-name") : null;
}

/** What the base tells: only of a value that is accounted for; any other is an edit not read. */
function baseReason(
  { rules, linked }: Row,
  field: string,
  of: {
    readonly value: FieldValue;
    readonly hub: FieldValue | undefined;
    readonly equals: (a: FieldValue, b: FieldValue) => boolean;
  },
): Verdict | null {
  const base = linked.bases[field];
  if (base === undefined || !of.equals(base.s, of.value)) return null;
  if (isKeptApart(linked, decidedWith(rules.entity.entity, field))) return explained("kept-apart");
  if (base.g !== undefined && of.hub !== undefined && of.equals(base.g, of.hub)) {
    return explained("adjusted");
  }
  const waits = deliveryReason(linked);
  if (waits !== null) return waits;
  if (!rules.outFields.includes(field)) return explained("not-received");
  return of.hub === undefined && !mayDecide(linked, rules, field) ? explained("not-owned") : null;
}

function mayDecide({ values }: LinkedRow, rules: BindingRules, field: string): boolean {
  const owners = rules.fields.get(field);
  if (owners === undefined) return false;
  return admits(rulesFor(owners, values), { system: rules.binding.system, hub: undefined });
}

/** A field that is written and never read back: its columns must be what would be written now. */
function writtenVerdict(of: Row, field: string): Verdict {
  const { rules, columns, linked } = of;
  if (linked.values[field] === undefined) return EQUAL;
  const values = Object.fromEntries(
    Object.entries(linked.values).map(([name, value]) => [name, value.v] as const),
  );
  const request = { values, due: new Set([field]), previous: columns, refer: of.refer };
  const wanted = rules.mapping.backward(request);
  const [problem] = wanted.problems;
  const wrong = Object.entries(wanted.columns).find(([name, value]) => {
    return !isSame(columns[name] ?? null, value);
  });
  if (problem === undefined && wrong === undefined) return EQUAL;
  const stands = standingReason(of, field) ?? deliveryReason(linked);
  if (stands !== null) return stands;
  if (problem !== undefined) return unexplained(problem.message);
  const [name = "", value = null] = wrong ?? [];
  return unexplained(
    `The column ${name} has ${quoteValue(columns[name] ?? null)} and should have ${quoteValue(value)}.`,
  );
}

function deletedVerdict(of: Row): Verdict {
  const stands = standingReason(of, null) ?? deliveryReason(of.linked);
  if (stands !== null) return stands;
  if (of.linked.isLeft) return explained("left");
  if (of.rules.binding.whenRecordDeleted === "leave") return explained("left");
  return unexplained("The record is deleted, and its row is still there.");
}

function standingReason({ rules, linked, standing }: Row, field: string | null): Verdict | null {
  const fields = field === null ? [] : decidedWith(rules.entity.entity, field);
  const found = standing.find(
    (one) =>
      one.record === linked.record &&
      (one.field === null || fields.includes(one.field)) &&
      (one.link === null || one.link === linked.link || one.why === "quarantined"),
  );
  return found === undefined ? null : explained(found.why);
}

function deliveryReason({ delivery }: LinkedRow): Verdict | null {
  if (delivery === null) return null;
  return explained(delivery === "parked" ? "quarantined" : "due");
}

function explained(reason: Reason): Verdict {
  return { kind: "explained", reason };
}

function unexplained(detail: string): Verdict {
  return { kind: "unexplained", detail };
}
