import type { Transaction } from "../../db/client.ts";
import type { RowWrite, Session, WriteTransaction } from "../connectors/connector.ts";
import type { AttemptId, LinkId, SystemId } from "../core/ids.ts";
import { LIMITS } from "../core/limits.ts";
import type { BindingRules, CompiledMap } from "../core/plan/compile-map.ts";
import type { DeliveryPlan } from "../core/plan/plan-delivery.ts";
import type { LinkState, RecordState } from "../core/reconcile/state.ts";
import { appendAudit } from "../storage/audit.ts";
import { holdLoads } from "../storage/captures.ts";
import { currentVersion } from "../storage/current-map.ts";
import {
  dropDeliveries,
  type Intent,
  markSent,
  putBack,
  saveIntents,
  takeDue,
} from "../storage/deliveries.ts";
import {
  holdDeliveries,
  type Refusal,
  refusalLine,
  releaseDeliveries,
} from "../storage/delivery-quarantine.ts";
import { checkLease, fence, type Lease } from "../storage/leases.ts";
import { notify } from "../storage/notify.ts";
import { refuseLostAnswers } from "./answers.ts";
import { type EngineContext, nowOf } from "./context.ts";
import { lookBeforeCreate } from "./look-before-create.ts";
import { lookBeforeWrite } from "./look-before-write.ts";
import { type Planned, planDeliveries, refusalsOf, waitingIn } from "./plan-deliveries.ts";
import { MapMoved } from "./record.ts";
import { isWritten, type Settled, settleFailure, settleResults } from "./settle.ts";
import type { UnknownCreates } from "./unknown-creates.ts";

export type Delivering = {
  readonly lease: Lease;
  readonly system: SystemId;
  readonly partition: number;
  readonly map: CompiledMap;
  readonly session: Session;
  readonly unknownCreates: UnknownCreates;
};

/** One row's write with all that its settlement needs. */
export type Sending = {
  readonly intent: Intent;
  readonly rules: BindingRules;
  readonly record: RecordState;
  readonly link: LinkState;
  readonly write: RowWrite;
  readonly tries: number;
  readonly dueAt: string;
};

/**
 * Brings one batch of links' systems to the hub's present values: plan, commit the intents with
 * the target's transaction id, write, settle. What was written becomes the base only when the
 * target's own log tells it.
 * @returns how many deliveries were taken; fewer than asked for means that no more are due
 * @throws FailureError when the target failed as a whole; its deliveries are due again later
 */
export async function deliverBatch(context: EngineContext, work: Delivering): Promise<number> {
  const begun: { transaction: WriteTransaction | null } = { transaction: null };
  const { taken, sendings } = await commitIntents(context, work, begun).catch(async (error) => {
    // Nobody can know of the transaction: its connection's end undoes it too.
    await begun.transaction?.abort().catch(() => undefined);
    throw error;
  });
  if (begun.transaction === null) return taken;
  context.calls.add(work.system, begun.transaction.transaction);
  await context.step("intents committed");
  await send(context, work, begun.transaction, sendings);
  return taken;
}

type Begun = { transaction: WriteTransaction | null };

async function commitIntents(
  context: EngineContext,
  work: Delivering,
  begun: Begun,
): Promise<{ taken: number; sendings: Sending[] }> {
  return (await context.sql.begin(async (tx) => {
    const now = nowOf(context);
    const [mark, , version, due] = await Promise.all([
      fence(tx, work.lease),
      // A whole read begins either after these intents were committed, or before they are made.
      holdLoads(tx, "shared"),
      currentVersion(tx),
      takeDue(tx, { ...dueOf(work), now, countMax: LIMITS.batchDeliveriesMax }),
    ]);
    if (version !== work.map.version) throw new MapMoved(`Version ${version} is live.`);
    if (due.length === 0) return { taken: 0, sendings: [] };
    const known = { cache: context.records, mark };
    const all = await planDeliveries(tx, { map: work.map, known }, due);
    const planned = await work.unknownCreates.withoutUnheard(tx, all);
    const sendings = await writeDown(tx, context, { work, begun, planned, now });
    return { taken: due.length, sendings };
  })) as { taken: number; sendings: Sending[] };
}

function dueOf({ map, system, partition }: Delivering) {
  const all = [...map.bindings.values()].map(({ binding }) => binding);
  const boundSystems = [...new Set(all.map((binding) => binding.system))];
  const bindings = all.filter((binding) => binding.system === system);
  return { system, partition, bindings, boundSystems };
}

type WritingDown = {
  readonly work: Delivering;
  readonly begun: Begun;
  readonly planned: readonly Planned[];
  readonly now: string;
};

/** Commits what each plan means for its delivery, and the intents before their call. */
async function writeDown(
  tx: Transaction,
  context: EngineContext,
  { work, begun, planned, now }: WritingDown,
): Promise<Sending[]> {
  const idle: LinkId[] = [];
  const parked: LinkId[] = [];
  const refusals: Refusal[] = [];
  const writes: Planned[] = [];
  for (const item of planned) {
    if (item.plan.kind === "nothing") idle.push(item.delivery.link);
    else if (item.plan.kind === "blocked") parked.push(item.delivery.link);
    else writes.push(item);
    refusals.push(...refusalsOf(item, () => context.ids.next()));
  }
  if (writes.length > 0) begun.transaction = await work.session.beginWrite();
  const sendings = writes.flatMap((item) => sendingOf(context, item, begun));
  const { lease, map } = work;
  await Promise.all([
    dropDeliveries(tx, idle),
    putBack(
      tx,
      parked.map((link) => ({
        link,
        state: "parked" as const,
        nextAt: now,
        tries: 0,
        failure: null,
      })),
    ),
    holdDeliveries(tx, refusals, { now, mapVersion: map.version }),
    // What waits for the row that it refers to is refused by nobody.
    appendAudit(tx, refusals.filter(({ problem }) => !problem.awaits).map(refusalLine), {
      stream: lease.partition,
      at: now,
      mapVersion: map.version,
      run: null,
    }),
    releaseDeliveries(
      tx,
      planned.map(({ delivery, plan }) => ({ link: delivery.link, waiting: waitingIn(plan) })),
      now,
    ),
    saveIntents(
      tx,
      sendings.map(({ intent }) => intent),
      { ...lease, now },
    ),
    markSent(
      tx,
      sendings.map(({ link }) => link.id),
    ),
  ]);
  if (refusals.length > 0) await notify(tx, ["quarantine", "audit", "deliveries"]);
  return sendings;
}

function sendingOf(
  context: EngineContext,
  { plan, rules, record, link, delivery }: Planned,
  { transaction }: Begun,
): Sending[] {
  if (plan.kind === "nothing" || plan.kind === "blocked" || transaction === null) return [];
  if (rules === undefined || record === undefined || link === undefined) return [];
  const write = writeOf(plan, link);
  if (write === null) return [];
  const intent: Intent = {
    id: context.ids.next() as AttemptId,
    link: link.id,
    record: record.id,
    binding: link.binding,
    system: link.system,
    operation: write.operation,
    transaction: transaction.transaction,
    sent: plan.kind === "delete" ? {} : plan.sent,
    // A row that may have been made is looked for by what it was made with.
    columns: write.operation === "create" ? write.columns : {},
    externalId: link.externalId,
  };
  const { tries, dueAt } = delivery;
  return [{ intent, rules, record, link, write, tries, dueAt }];
}

function writeOf(
  plan: Exclude<DeliveryPlan, { kind: "nothing" | "blocked" }>,
  link: LinkState,
): RowWrite | null {
  if (plan.kind === "create") return { operation: "create", columns: plan.columns };
  const { externalId } = link;
  if (externalId === null) return null;
  if (plan.kind === "delete") return { operation: "delete", externalId, condition: plan.condition };
  const { columns, condition } = plan;
  return { operation: "update", externalId, columns, condition };
}

/**
 * Makes the call that the intents announced. What became of each row is kept before it takes
 * effect: an intent that is left when the target has committed was carried out, and its event will
 * be told; so nobody who takes over has to guess.
 */
async function send(
  context: EngineContext,
  work: Delivering,
  transaction: WriteTransaction,
  sendings: readonly Sending[],
): Promise<void> {
  const results: Settled[] = [];
  const isRead = work.session.changes === "reads";
  let isKept = false;
  try {
    const found: Settled[] = [
      ...(await lookBeforeCreate(context, work.session, sendings)),
      ...(await lookBeforeWrite(work.session, sendings)),
    ];
    const there = new Set(found.map(({ sending }) => sending));
    // Checked immediately before the call: whoever lost the lease must not write.
    await checkLease(context.sql, work.lease);
    const toWrite = sendings.filter((sending) => !there.has(sending));
    await writeAll(transaction, toWrite, results);
    results.push(...found);
    await context.step("written, not committed");
    // Without a log an answer is told as an event: it must stand by then.
    if (isRead) await transaction.commit();
    await settleResults(context, work, results);
    isKept = true;
    await context.step("answers kept, not committed");
    if (!isRead) await transaction.commit();
    refuseLostAnswers(results);
  } catch (error) {
    const unsettled = isKept ? results.filter(isWritten).map(({ sending }) => sending) : sendings;
    await settleFailure(context, work, { transaction, sendings: unsettled, error });
    return;
  }
  await context.step("committed in the target");
}

/** Writes the rows of each object and operation together. @param results gets what was answered */
async function writeAll(
  transaction: WriteTransaction,
  sendings: readonly Sending[],
  results: Settled[],
): Promise<void> {
  const groups = Map.groupBy(
    sendings,
    ({ rules, write }) => `${write.operation}\n${rules.binding.object}`,
  );
  for (const group of groups.values()) {
    const object = group[0]?.rules.binding.object ?? "";
    const told = await transaction.write(
      object,
      group.map(({ write }) => write),
    );
    for (const [index, sending] of group.entries()) {
      const result = told[index];
      if (result !== undefined) results.push({ sending, result });
    }
  }
}
