import type { BindingId, RecordId } from "../../core/ids.ts";
import { LIMITS } from "../../core/limits.ts";
import type { BindingRules } from "../../core/plan/compile-map.ts";
import { asPosition } from "../../core/position.ts";
import { reconcileBatch } from "../../core/reconcile/reconcile-batch.ts";
import type { MappedObservation } from "../../core/reconcile/state.ts";
import { lockWaitingRun, type WaitingChange } from "../../storage/mass-changes.ts";
import { notify } from "../../storage/notify.ts";
import { countRun, finishRun } from "../../storage/runs.ts";
import { findUnseen } from "../../storage/world.ts";
import { commitAct, inScene, type Scene, worldOf } from "./act-world.ts";
import type { ActContext } from "./context.ts";

export type ApproveOutcome =
  /** How many rows were taken for gone. */
  | { readonly kind: "approved"; readonly gone: number }
  | { readonly kind: "declined" }
  /** It waits no more. Nothing was done. */
  | { readonly kind: "settled"; readonly state: string }
  /** More rows are missing than were shown: look again. Nothing was done. */
  | { readonly kind: "moved"; readonly gone: number }
  | { readonly kind: "unknown" };

/**
 * Approves a change of many records at once that the limits held back: the rows that are missing
 * still are taken for gone, as their binding says.
 * @param act `gone`: how many missing rows the person saw; left out: however many
 */
export async function approve(
  ctx: ActContext,
  act: { readonly run: string; readonly gone?: number | undefined },
): Promise<ApproveOutcome> {
  const outcome = await inScene(ctx, (scene) => carryOut(ctx, scene, act));
  return outcome ?? { kind: "unknown" };
}

/** Leaves the missing rows as they are; the next complete read asks anew. */
export async function decline(
  ctx: ActContext,
  act: { readonly run: string },
): Promise<ApproveOutcome> {
  const outcome = await inScene(ctx, (scene) => leave(ctx, scene, act.run));
  return outcome ?? { kind: "unknown" };
}

async function leave(ctx: ActContext, scene: Scene, id: string): Promise<ApproveOutcome> {
  const run = await lockWaitingRun(scene.tx, id);
  if (run === null) return { kind: "unknown" };
  if (run.change === null) return { kind: "settled", state: run.state };
  const detail = `Declined by ${ctx.person}: ${run.change.gone} missing rows are left alone.`;
  await finishRun(scene.tx, id, { state: "cancelled", detail, now: scene.now });
  await notify(scene.tx, ["runs"]);
  return { kind: "declined" };
}

async function carryOut(
  ctx: ActContext,
  scene: Scene,
  act: { readonly run: string; readonly gone?: number | undefined },
): Promise<ApproveOutcome> {
  const run = await lockWaitingRun(scene.tx, act.run);
  if (run === null) return { kind: "unknown" };
  if (run.change === null) return { kind: "settled", state: run.state };
  const { change } = run;
  const rules = scene.map.bindings.get(run.binding as BindingId);
  if (rules === undefined) {
    const detail = "The map has no such binding any more.";
    await finishRun(scene.tx, act.run, { state: "cancelled", detail, now: scene.now });
    return { kind: "settled", state: "cancelled" };
  }
  const id = rules.binding.id as BindingId;
  const { unseen } = await findUnseen(scene.tx, id, change);
  if (act.gone !== undefined && unseen.length > act.gone) {
    return { kind: "moved", gone: unseen.length };
  }
  // All in one transaction, in pages: the memory is a page's, the approval is the whole.
  for (let from = 0; from < unseen.length; from += LIMITS.batchObservationsMax) {
    const page = unseen.slice(from, from + LIMITS.batchObservationsMax);
    await takeForGone(ctx, scene, { rules, change, run: act.run, page });
  }
  await countRun(scene.tx, act.run, { gone: unseen.length }, scene.now);
  const detail = `Approved by ${ctx.person}.`;
  await finishRun(scene.tx, act.run, { state: "succeeded", detail, now: scene.now });
  await notify(scene.tx, ["runs"]);
  return { kind: "approved", gone: unseen.length };
}

type Page = {
  readonly rules: BindingRules;
  readonly change: WaitingChange;
  readonly run: string;
  readonly page: readonly { readonly externalId: string; readonly record: RecordId }[];
};

async function takeForGone(
  ctx: ActContext,
  scene: Scene,
  { rules, change, run, page }: Page,
): Promise<void> {
  const world = await worldOf(
    scene,
    page.map(({ record }) => record),
    true,
  );
  const rows = page.map(({ externalId }) => goneRow(rules, externalId, change.before));
  const changes = reconcileBatch(world, rows, () => ctx.ids.next());
  const audit = changes.audit.map((entry) => ({
    ...entry,
    cause: { ...entry.cause, command: "approve", detail: `Approved by ${ctx.person}.` },
  }));
  await commitAct(scene, ctx, world, { ...changes, audit }, { run });
}

function goneRow(rules: BindingRules, externalId: string, before: string): MappedObservation {
  return {
    binding: rules.binding.id as MappedObservation["binding"],
    system: rules.binding.system as MappedObservation["system"],
    externalId,
    kind: "gone",
    columns: {},
    fields: {},
    problems: [],
    position: asPosition(before),
    at: null,
    transaction: null,
  };
}
