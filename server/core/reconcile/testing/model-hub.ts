import type { AuditEntry } from "../../audit/audit-entry.ts";
import { type AttemptId, asId, type BindingId, type LinkId, type RecordId } from "../../ids.ts";
import { isSame } from "../../map/same.ts";
import type { Refer } from "../../mapping/refer.ts";
import type { BindingRules, CompiledMap } from "../../plan/compile-map.ts";
import { type DeliveryPlan, planDelivery } from "../../plan/plan-delivery.ts";
import { asPosition } from "../../position.ts";
import type { Columns } from "../../values/field-value.ts";
import { heldFields } from "../due.ts";
import { reconcileBatch } from "../reconcile-batch.ts";
import { referIn } from "../refer.ts";
import {
  type Attempt,
  type Conflict,
  isAside,
  type LinkState,
  type MappedObservation,
  type RecordState,
} from "../state.ts";
import {
  attemptKey,
  type Changes,
  type HeldValue,
  heldKey,
  matchKey,
  rowKey,
  startWork,
  type World,
} from "../world.ts";
import { addTallies, massOf, type Tallies } from "./model-tallies.ts";
import { wantingOf } from "./model-wanting.ts";

const NOW = "2026-03-01T12:00:00.000000Z";

/** A foreign row and where its system's order stands. */
type System = { readonly rows: Map<string, Columns>; told: number; made: number };

/**
 * A hub in memory, for the laws of the pure core: it keeps what `reconcileBatch` decides as the
 * storage does, and systems that do what they are told. No database, engine or clock.
 */
export class ModelHub {
  readonly records = new Map<RecordId, RecordState>();
  readonly links = new Map<LinkId, LinkState>();
  readonly conflicts = new Map<string, Conflict>();
  readonly held = new Map<string, HeldValue & { readonly record: RecordId }>();
  readonly waiting = new Set<string>();
  readonly due = new Set<LinkId>();
  readonly audit: AuditEntry[] = [];
  readonly #keys = new Map<RecordId, readonly { readonly key: string; readonly value: string }[]>();
  #map: CompiledMap;
  /** What many rows did at once; null: nobody guards against it. */
  readonly #tallies: Tallies | null;
  readonly #systems = new Map<string, System>();
  /** A column that nobody has set is null, as in a database. */
  readonly #blank: Columns;
  #ids = 0;
  #transactions = 0;

  constructor(map: CompiledMap, isGuarded = false) {
    this.#map = map;
    this.#tallies = isGuarded ? new Map() : null;
    const columns = map.document.bindings.flatMap(({ edges, scope, archive }) => [
      ...(archive === undefined ? [] : [archive.column]),
      ...edges.flatMap((edge) => edge.columns),
      ...(scope?.conditions ?? []).map(({ of }) => of),
    ]);
    this.#blank = Object.fromEntries(columns.map((name) => [name, null]));
    for (const { binding } of map.bindings.values()) {
      this.#systems.set(binding.system, { rows: new Map(), told: 0, made: 0 });
    }
  }

  /** Another version of the map is published. */
  publish(map: CompiledMap): void {
    this.#map = map;
  }

  system(id: string): System {
    const system = this.#systems.get(id);
    if (system === undefined) throw new Error(`There is no system ${id}.`);
    return system;
  }

  /** A person sets columns of a row, or deletes it. @returns what its system tells of it */
  edit(system: string, row: string, columns: Columns | null, at: string): MappedObservation {
    const { rows } = this.system(system);
    const { [row]: before } = Object.fromEntries(rows);
    if (columns === null) rows.delete(row);
    else rows.set(row, { ...this.#blank, ...before, ...columns });
    return this.tell(system, row, { at, transaction: null });
  }

  /** What a system's log tells of a row as it is now. */
  tell(
    system: string,
    row: string,
    { at, transaction }: Pick<MappedObservation, "at" | "transaction">,
  ): MappedObservation {
    const rules = [...this.#map.bindings.values()].find((one) => one.binding.system === system);
    if (rules === undefined) throw new Error(`Nothing binds ${system}.`);
    const place = this.system(system);
    place.told += 1;
    const columns = place.rows.get(row);
    const mapped =
      columns === undefined ? undefined : rules.mapping.forward(columns, null, this.#refer(rules));
    const miss = columns === undefined ? null : (rules.scope?.missOf(columns) ?? null);
    return {
      binding: rules.binding.id as BindingId,
      system: asId(system),
      externalId: row,
      kind: columns === undefined ? "gone" : "full",
      columns: columns ?? {},
      fields: mapped?.fields ?? {},
      problems: mapped?.problems ?? [],
      position: asPosition(String(place.told).padStart(8, "0")),
      at,
      transaction,
      ...(miss === null ? {} : { outside: miss }),
      ...(mapped?.warnings === undefined ? {} : { warnings: mapped.warnings }),
    };
  }

  /** Decides a batch and keeps what follows. */
  observe(observations: readonly MappedObservation[], attempts: readonly Attempt[] = []): void {
    this.keep(reconcileBatch(this.world(attempts), observations, this.newId));
  }

  readonly newId = (): string => {
    this.#ids += 1;
    return `id-${String(this.#ids).padStart(6, "0")}`;
  };

  /** Keeps what was decided, as the storage does. */
  keep(changes: Changes): void {
    for (const record of changes.records.values()) this.records.set(record.id, record);
    for (const link of changes.links.values()) this.links.set(link.id, link);
    for (const conflict of changes.conflicts.values()) this.conflicts.set(conflict.id, conflict);
    for (const [key, value] of this.held) {
      const link = this.links.get(value.link);
      if (link !== undefined) this.held.set(key, { ...value, record: link.record });
    }
    for (const [record, keys] of changes.keys) this.#keys.set(record, keys);
    this.#keepWaiting(changes);
    if (this.#tallies !== null) addTallies(this.#tallies, changes.tallies);
    for (const link of changes.settled) this.due.delete(link);
    for (const link of changes.due) this.due.add(link);
    this.audit.push(...changes.audit);
  }

  #keepWaiting(changes: Changes): void {
    for (const { id, kind, record, link, problem, observation } of changes.quarantined) {
      if (kind === "row") this.waiting.add(rowKey(observation.binding, observation.externalId));
      if (record === null || link === null || problem.field === null) continue;
      this.held.set(heldKey(link, problem.field), {
        ...{ id, link, record, field: problem.field, code: problem.code },
      });
    }
    for (const key of changes.released.keys()) this.held.delete(key);
    for (const key of changes.unmatched.keys()) this.waiting.add(key);
    for (const key of changes.decidedRows) this.waiting.delete(key);
  }

  /** What the next batch may see. */
  world(attempts: readonly Attempt[] = []): World {
    const links = [...this.links.values()];
    const left = links.filter(isAside);
    const live = links.filter(({ state }) => state === "live");
    const gone = links.filter(({ state }) => state === "gone");
    const open = [...this.conflicts.values()].filter(({ state }) => state === "open");
    const holders = new Map<string, RecordId[]>();
    for (const [record, keys] of this.#keys) {
      const entity = this.records.get(record)?.entity ?? "";
      for (const { key, value } of keys) {
        const place = matchKey(entity, key, value);
        holders.set(place, [...(holders.get(place) ?? []), record]);
      }
    }
    const place = ({ binding, externalId }: LinkState) => rowKey(binding, externalId ?? "");
    return {
      map: this.#map,
      now: NOW,
      records: new Map(this.records),
      links: new Map(this.links),
      linksOf: Map.groupBy(
        links.map(({ id }) => id),
        (id) => this.#recordOf(id),
      ),
      linkAt: new Map(live.map((link) => [place(link), link.id])),
      leftAt: new Map(left.map((link) => [place(link), link.id])),
      incarnations: new Map(
        links
          .toSorted((a, b) => a.incarnation - b.incarnation)
          .map((link) => [place(link), link.incarnation]),
      ),
      goneAt: new Map(
        gone.flatMap((link) => (link.position ? [[place(link), link.position]] : [])),
      ),
      conflicts: Map.groupBy(open, ({ record }) => record),
      held: Map.groupBy(this.held.values(), ({ record }) => record),
      attempts: new Map(
        attempts.map((attempt) => [
          attemptKey(attempt.transaction ?? "", attempt.binding, attempt.externalId ?? ""),
          attempt,
        ]),
      ),
      keyHolders: holders,
      wanting: wantingOf(this.#map, this.links, this.held.values()),
      ...(this.#tallies !== null && { mass: massOf(this.#map, this.#tallies, live) }),
      loaded: new Set(this.#map.bindings.keys()),
      clocks: new Map([...this.#systems.keys()].map((id) => [id, { offsetMs: 0, errorMs: 0 }])),
    };
  }

  /** Brings the systems of everything that is due to the hub's values. @returns how many writes */
  deliver(): number {
    let writes = 0;
    for (const id of [...this.due]) {
      this.due.delete(id);
      if (this.#send(id)) writes += 1;
    }
    return writes;
  }

  /**
   * Brings a row to the hub's values without a condition, right after somebody has set columns of
   * it: its log tells that edit, and then our own event.
   * @returns what it told of the edit; null where nothing was due there
   */
  writeOver(system: string, row: string, columns: Columns, at: string): MappedObservation | null {
    const of = (id: LinkId) => this.links.get(id);
    const id = [...this.due].find(
      (one) => of(one)?.system === system && of(one)?.externalId === row,
    );
    if (id === undefined) return null;
    this.due.delete(id);
    let edit: MappedObservation | null = null;
    this.#send(id, () => {
      edit = this.edit(system, row, columns, at);
      return edit;
    });
    return edit;
  }

  /** @param meanwhile what is edited between our look and our writing, which knows no condition */
  #send(id: LinkId, meanwhile?: () => MappedObservation): boolean {
    const link = this.links.get(id);
    const plan = link === undefined ? undefined : this.#plan(link);
    if (link === undefined || plan === undefined) return false;
    if (plan.kind === "nothing" || plan.kind === "blocked") return false;
    const system = this.system(link.system);
    if (plan.kind === "create") system.made += 1;
    const row = link.externalId ?? `made-${system.made}`;
    const edits = meanwhile === undefined ? [] : [meanwhile()];
    if (!write(system, row, withoutCondition(plan, edits.length > 0), this.#blank)) return false;
    this.#transactions += 1;
    const transaction = `ours-${this.#transactions}`;
    const attempt: Attempt = {
      id: asId<AttemptId>(transaction),
      link: id,
      binding: link.binding,
      system: link.system,
      operation: plan.kind,
      transaction,
      sent: plan.kind === "delete" ? {} : plan.sent,
      columns: {},
      state: "stored",
      externalId: row,
    };
    const own = this.tell(link.system, row, { at: NOW, transaction });
    for (const one of [...edits, own]) this.observe([one], [attempt]);
    return true;
  }

  #plan(link: LinkState): DeliveryPlan | undefined {
    const record = this.records.get(link.record);
    const rules = this.#map.bindings.get(link.binding);
    if (record === undefined || rules === undefined) return undefined;
    const conflicts = this.openOf(record.id);
    const values = [...this.held.values()].filter((one) => one.record === record.id);
    const held = heldFields(rules.entity, conflicts, values);
    const deleteAsked = conflicts.some(({ kind }) => kind === "delete");
    const refer = this.#refer(rules);
    return planDelivery({ rules, record, link, held, deleteAsked, refer });
  }

  #refer(rules: BindingRules): Refer {
    return referIn(startWork(this.world(), this.newId), rules);
  }

  openOf(record: RecordId): Conflict[] {
    return [...this.conflicts.values()].filter((c) => c.record === record && c.state === "open");
  }

  #recordOf(id: LinkId): RecordId {
    const link = this.links.get(id);
    if (link === undefined) throw new Error(`There is no link ${id}.`);
    return link.record;
  }
}

const withoutCondition = (plan: DeliveryPlan, isBlind: boolean): DeliveryPlan =>
  isBlind && plan.kind === "update" ? { ...plan, condition: {} } : plan;

/** Does what a plan says, if the row is as the hub knows it. @returns whether it did */
function write(system: System, row: string, plan: DeliveryPlan, blank: Columns): boolean {
  if (plan.kind === "nothing" || plan.kind === "blocked") return false;
  const before = system.rows.get(row);
  if (plan.kind === "delete") return system.rows.delete(row);
  const isAsKnown = Object.entries(plan.condition).every(([name, v]) => isSame(before?.[name], v));
  // Somebody was faster: the news is on its way.
  if (plan.kind === "update" && (before === undefined || !isAsKnown)) return false;
  system.rows.set(row, { ...blank, ...before, ...plan.columns });
  return true;
}
