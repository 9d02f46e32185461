import type { BindingRules } from "../plan/compile-map.ts";
import { type FieldValue, partsOf } from "../values/field-value.ts";
import { standsFor } from "./decide-field.ts";
import { isKeptApart } from "./due.ts";
import type { Conflict, LinkState, RecordState } from "./state.ts";

/**
 * How what one system holds in one field stands to the hub's value.
 *
 * in-sync · due: the hub's value is to be written there · asked: its value contends in an open
 * question · waits: it would be due, but the field is held · held: its value is in quarantine ·
 * refused: it does not take the hub's value · apart: both stand · adjusted: it stored something
 * else than was sent · differs: it does not receive the field · unknown: nothing was observed ·
 * making: its row is to be made
 */
export const CELL_STATES = [
  "in-sync",
  "due",
  "asked",
  "waits",
  "held",
  "refused",
  "apart",
  "adjusted",
  "differs",
  "unknown",
  "making",
] as const;
export type CellState = (typeof CELL_STATES)[number];

export type Cell = {
  readonly state: CellState;
  /** What the system holds, as far as anybody knows; missing where nothing was observed. */
  readonly value?: FieldValue;
  /** Why: the sentence of the quarantine, where there is one. */
  readonly message?: string;
  /** May it tell the field, does it receive it? */
  readonly reads: boolean;
  readonly writes: boolean;
};

/** A held item of one link and field. */
export type HeldCell = {
  readonly kind: "value" | "row" | "delivery";
  readonly field: string | null;
  readonly value?: FieldValue;
  readonly message: string;
};

export type CellContext = {
  /** Open questions of the record. */
  readonly conflicts: readonly Conflict[];
  /** What of this link is in quarantine. */
  readonly held: readonly HeldCell[];
  /** Fields of the record that nothing delivers now. */
  readonly heldFields: ReadonlySet<string>;
};

/** What one link's system holds in a field; null where the binding does not map the field. */
export function cellOf(
  rules: BindingRules,
  record: RecordState,
  link: LinkState,
  field: string,
  context: CellContext,
): Cell | null {
  const reads = rules.inFields.includes(field);
  const writes = rules.outFields.includes(field);
  if (!reads && !writes) return null;
  const told = standing(rules, record, link, field, context);
  return { ...told, reads, writes };
}

type Standing = Pick<Cell, "state" | "value" | "message">;

function standing(
  rules: BindingRules,
  record: RecordState,
  link: LinkState,
  field: string,
  context: CellContext,
): Standing {
  const item = context.held.find((one) => one.field === field);
  const base = link.bases[field];
  const value = base === undefined ? {} : { value: base.s };
  if (item?.kind === "value") return heldValue(item);
  const candidate = candidateOf(rules, link, field, context.conflicts);
  if (candidate !== undefined) return { state: "asked", value: candidate };
  if (item !== undefined) return { state: "refused", ...value, message: item.message };
  if (link.state === "pending") return { state: "making" };
  if (base === undefined) return { state: "unknown" };
  return { state: stateOf(rules, record, link, field, context), ...value };
}

function heldValue(item: HeldCell): Standing {
  const value = item.value === undefined ? {} : { value: item.value };
  return { state: "held", ...value, message: item.message };
}

/** What the link contends with; of a field that is decided with others its part of it. */
function candidateOf(
  { entity }: BindingRules,
  link: LinkState,
  field: string,
  conflicts: readonly Conflict[],
): FieldValue | undefined {
  const lead = entity.deciders.get(field)?.field;
  for (const { kind, field: of, candidates } of conflicts) {
    const own = candidates.find((one) => one.link === link.id)?.value;
    if (kind !== "field" || of === null || own === undefined) continue;
    if (of !== field && of !== lead) continue;
    // A tuple has its own place for each part, and any other value is of the field asked about.
    const value = partsOf(own, of)[field];
    if (value !== undefined) return value;
  }
  return undefined;
}

function stateOf(
  rules: BindingRules,
  record: RecordState,
  link: LinkState,
  field: string,
  { heldFields, held }: CellContext,
): CellState {
  const base = link.bases[field];
  const hub = record.values[field];
  const fieldRules = rules.fields.get(field);
  if (base === undefined || fieldRules === undefined) return "unknown";
  if (hub === undefined) return fieldRules.isBlank(base.s) ? "in-sync" : "differs";
  if (fieldRules.equals(base.s, hub.v)) return "in-sync";
  if (base.apart === true) return "apart";
  if (!rules.outFields.includes(field)) return "differs";
  if (standsFor(fieldRules, base, hub.v)) return "adjusted";
  return heldFields.has(field) || waitsWithOthers(rules, link, field, held) ? "waits" : "due";
}

/** Is something that is decided with the field kept apart here, or does its system refuse it? */
function waitsWithOthers(
  { entity }: BindingRules,
  link: LinkState,
  field: string,
  held: readonly HeldCell[],
): boolean {
  const group = entity.groups.find((one) => one.includes(field));
  if (group === undefined) return false;
  return isKeptApart(link, group) || held.some((one) => group.includes(one.field ?? ""));
}
