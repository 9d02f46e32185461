import type { Transaction } from "../../../db/client.ts";
import { standInKey } from "../../core/impact/stand-in-key.ts";
import type { ImpactTally, PlannedWrite } from "../../core/impact/tally.ts";
import { LIMITS } from "../../core/limits.ts";
import type { CompiledMap } from "../../core/plan/compile-map.ts";
import { type Delivery, dropDeliveries, takeDue } from "../../storage/deliveries.ts";
import { DELIVERY_PARTITIONS } from "../../storage/delivery-partitions.ts";
import { holdDeliveries, releaseDeliveries } from "../../storage/delivery-quarantine.ts";
import type { Known } from "../../storage/load-records.ts";
import { countDue, type Pretended, pretendWritten } from "../../storage/preview.ts";
import type { EngineContext } from "../context.ts";
import { nowOf } from "../context.ts";
import { type Planned, planDeliveries, refusalsOf, waitingIn } from "../plan-deliveries.ts";
import type { Progress } from "./progress.ts";
import type { Sample } from "./sample.ts";

export type PlanningAll = {
  readonly context: EngineContext;
  readonly tx: Transaction;
  readonly map: CompiledMap;
  readonly known: Known;
  readonly tally: ImpactTally;
  /** The records that are looked at; null: all of them. */
  readonly sample: Sample | null;
  readonly progress: Progress;
  /** Numbers the rows that are made. */
  readonly places: { next(): number };
};

/** Later than whatever a retry waits for: all that is due will be sent at some time. */
const AT_LAST = "9999-01-01T00:00:00Z";

/** How long a chain may be of rows that are to be made, each referring to the one before. */
const ROUNDS_MAX = 16;

/**
 * Plans all that would be sent, batch by batch as the engine sends it, and what follows when rows
 * that are made can be referred to.
 */
export async function planAll(of: PlanningAll): Promise<void> {
  of.progress.begin("planning", await countDue(of.tx));
  let waiting: Planned[] = [];
  for (const { id: system } of of.map.document.systems) {
    for (let partition = 0; partition < DELIVERY_PARTITIONS; partition += 1) {
      waiting.push(...(await planPartition(of, system, partition)));
    }
  }
  for (let round = 0; round < ROUNDS_MAX && waiting.length > 0; round += 1) {
    const again = await planOnce(of, waiting);
    if (!again.some(({ plan }) => plan.kind === "create" || plan.kind === "update")) return;
    waiting = again.filter(mayGoOn);
  }
}

async function planPartition(
  of: PlanningAll,
  system: string,
  partition: number,
): Promise<Planned[]> {
  const waiting: Planned[] = [];
  for (;;) {
    of.progress.check();
    const due = await takeDue(of.tx, dueOf(of, system, partition));
    if (due.length === 0) return waiting;
    const planned = await planBatch(of, system, due);
    waiting.push(...planned.filter(mayGoOn));
    of.progress.add(planned.length);
  }
}

function dueOf({ map }: PlanningAll, system: string, partition: number) {
  const all = [...map.bindings.values()].map(({ binding }) => binding);
  return {
    ...{ system: system as never, partition, now: AT_LAST },
    countMax: LIMITS.batchDeliveriesMax,
    bindings: all.filter((binding) => binding.system === system),
    boundSystems: [...new Set(all.map((binding) => binding.system))],
  };
}

/** What has a reference that may be written once the row that it leads to is made. */
function mayGoOn({ plan, rules }: Planned): boolean {
  if (plan.kind === "nothing" || plan.kind === "delete") return false;
  if (plan.problems.some(({ awaits }) => awaits !== undefined)) return true;
  return plan.kind === "create" && (rules?.entity.references.size ?? 0) > 0;
}

async function planOnce(of: PlanningAll, waiting: readonly Planned[]): Promise<readonly Planned[]> {
  const bySystem = Map.groupBy(waiting, ({ rules }) => rules?.binding.system ?? "");
  const all: Planned[] = [];
  for (const [system, some] of bySystem) {
    const due = some.map(({ delivery }) => delivery);
    for (let from = 0; from < due.length; from += LIMITS.batchDeliveriesMax) {
      of.progress.check();
      const page = due.slice(from, from + LIMITS.batchDeliveriesMax);
      all.push(...(await planBatch(of, system, page)));
    }
  }
  return all;
}

async function planBatch(
  of: PlanningAll,
  system: string,
  due: readonly Delivery[],
): Promise<readonly Planned[]> {
  const { context, tx, map, known, tally } = of;
  const planned = await planDeliveries(tx, { map, known }, due);
  const counted = planned.filter(({ record }) => of.sample?.isPartner(record?.id ?? "") !== true);
  tally.addBatch(system, counted.flatMap(writeOf));
  const at = { now: nowOf(context), mapVersion: map.version };
  const refusals = planned.flatMap((one) => refusalsOf(one, () => context.ids.next()));
  await dropDeliveries(
    tx,
    planned.map(({ delivery }) => delivery.link),
  );
  await holdDeliveries(tx, refusals, at);
  await releaseDeliveries(
    tx,
    planned.map(({ delivery, plan }) => ({ link: delivery.link, waiting: waitingIn(plan) })),
    at.now,
  );
  await pretendWritten(
    tx,
    planned.flatMap((one) => pretendedBy(one, of.places.next())),
  );
  return planned;
}

function writeOf({ plan, rules, record, link }: Planned): PlannedWrite[] {
  if (rules === undefined || record === undefined || link === undefined) return [];
  return [{ plan, rules, record, link }];
}

/** What others may refer to, and what is planned once more without what was sent already. */
function pretendedBy(one: Planned, place: number): Pretended[] {
  const { plan, delivery, rules } = one;
  if (plan.kind !== "create" && !(plan.kind === "update" && mayGoOn(one))) return [];
  const bases = Object.fromEntries(Object.entries(plan.sent).map(([field, s]) => [field, { s }]));
  const { link } = delivery;
  const isMade = plan.kind === "create";
  const key = () => standInKey(rules?.schema ?? null, plan.columns, { place, id: link });
  return [{ link, externalId: isMade ? key() : null, columns: plan.columns, bases }];
}
