import type { BindingRules } from "../plan/compile-map.ts";
import type { DeliveryPlan } from "../plan/plan-delivery.ts";
import type { LinkState, RecordState } from "../reconcile/state.ts";
import type { FieldValue } from "../values/field-value.ts";
import type { CellChange, ImpactRow, RowChange, SystemImpact } from "./impact.ts";

/** A plan with what it was made from. */
export type PlannedWrite = {
  readonly plan: DeliveryPlan;
  readonly rules: BindingRules;
  readonly record: RecordState;
  readonly link: LinkState;
};

type Counts = { created: number; changed: number; deleted: number; blocked: number };
type Seen = { readonly change: RowChange; row: ImpactRow | null };

/** Counts what is planned, and keeps some of the rows of each system and kind. */
export class ImpactTally {
  readonly #rowsMax: number;
  readonly #counts = new Map<string, Counts & { keys: number; calls: number; still: number }>();
  readonly #seen = new Map<string, Seen>();
  readonly #kept = new Map<string, number>();

  /** @param rowsMax rows of one system and kind that are kept */
  constructor(rowsMax: number) {
    this.#rowsMax = rowsMax;
  }

  /** A batch as it would be sent: one call for each object and operation. */
  addBatch(system: string, planned: readonly PlannedWrite[]): void {
    const calls = new Set<string>();
    for (const one of planned) {
      this.#add(system, one);
      const { plan, rules } = one;
      if (plan.kind !== "nothing" && plan.kind !== "blocked") {
        calls.add(`${plan.kind}\n${rules.binding.object}`);
      }
    }
    this.#of(system).calls += calls.size;
  }

  /** @param of how many rows the system has, and how many are read again */
  systemImpact(
    system: string,
    of: { readonly rows: number; readonly live: number; readonly reads: number },
  ): SystemImpact {
    const { still, ...counts } = this.#of(system);
    const { rows, live, reads } = of;
    const unchanged = Math.max(live - still, 0);
    return { system, ...counts, unchanged, rows, reads };
  }

  rows(): ImpactRow[] {
    return [...this.#seen.values()].flatMap(({ row }) => row ?? []);
  }

  #of(system: string) {
    const known = this.#counts.get(system);
    if (known !== undefined) return known;
    const counts = { created: 0, changed: 0, deleted: 0, blocked: 0, keys: 0, calls: 0, still: 0 };
    this.#counts.set(system, counts);
    return counts;
  }

  #add(system: string, one: PlannedWrite): void {
    const change = changeOf(one);
    if (change === null) return;
    const counts = this.#of(system);
    const cells = cellsOf(one);
    const known = this.#seen.get(one.link.id);
    // A row that is made and then told what it refers to is made, and one that was blocked by what
    // is there by now is what became of it.
    if (known !== undefined && change === "blocked") return;
    if (known?.change === "blocked") counts.blocked -= 1;
    else if (known !== undefined) {
      if (known.row !== null) known.row = { ...known.row, cells: [...known.row.cells, ...cells] };
      return;
    }
    counts[change] += 1;
    if (change === "changed" && hitsKey(one, cells)) counts.keys += 1;
    if (one.link.state === "live" && known === undefined) counts.still += 1;
    this.#seen.set(one.link.id, { change, row: this.#rowOf(system, change, { ...one, cells }) });
  }

  #rowOf(
    system: string,
    change: RowChange,
    { rules, record, link, plan, cells }: PlannedWrite & { readonly cells: CellChange[] },
  ): ImpactRow | null {
    const place = `${system}\n${change}`;
    const kept = this.#kept.get(place) ?? 0;
    if (kept >= this.#rowsMax) return null;
    this.#kept.set(place, kept + 1);
    const { entity } = rules.entity;
    const problems = "problems" in plan ? plan.problems : [];
    return {
      ...{ system, change, entity: entity.id, record: record.id, cells },
      title: titleOf(record.values[entity.title ?? ""]?.v, link.externalId ?? record.id),
      externalId: link.externalId,
      why: problems[0]?.message ?? null,
    };
  }
}

export function titleOf(value: FieldValue | undefined, otherwise: string): string {
  return value === undefined || value === null || value === "" ? otherwise : String(value);
}

function changeOf({ plan }: PlannedWrite): RowChange | null {
  if (plan.kind === "nothing") return null;
  if (plan.kind === "create") return "created";
  if (plan.kind === "delete") return "deleted";
  return plan.kind === "blocked" ? "blocked" : "changed";
}

function cellsOf({ plan, rules, link }: PlannedWrite): CellChange[] {
  if (plan.kind === "delete") {
    return Object.entries(link.bases).map(([field, { s }]) => ({ field, before: s }));
  }
  if (plan.kind === "blocked") {
    return plan.problems.map(({ field, value }) => {
      const before = link.bases[field]?.s;
      const after = value === null ? {} : { after: value };
      return { field, ...(before === undefined ? {} : { before }), ...after };
    });
  }
  if (plan.kind === "nothing") return [];
  const fields = Object.entries(plan.sent);
  // A row that is put away, or comes back, is told so in a column that is no field.
  if (fields.length === 0) return columnsOf(plan.columns, link);
  return fields.flatMap(([field, after]) => {
    const before = link.bases[field]?.s;
    if (before === undefined) return [{ field, after }];
    return rules.fields.get(field)?.equals(before, after) === true
      ? []
      : [{ field, before, after }];
  });
}

function columnsOf(columns: LinkState["columns"], link: LinkState): CellChange[] {
  return Object.entries(columns).map(([field, after]) => {
    const before = link.columns[field];
    return before === undefined ? { field, after } : { field, before, after };
  });
}

function hitsKey({ rules }: PlannedWrite, cells: readonly CellChange[]): boolean {
  const keys = new Set(rules.entity.matchKeys.flatMap(({ fields }) => fields));
  return cells.some(({ field, before }) => before !== undefined && keys.has(field));
}
