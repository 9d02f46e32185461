import type { LinkId, RecordId } from "../../core/ids.ts";
import {
  type MergeAct,
  type MergedField,
  type MergeOutcome,
  mergeRecords,
} from "../../core/reconcile/merge.ts";
import type { MergedRow, SecondRow } from "../../core/reconcile/merge-rows.ts";
import type { PlannedWrite } from "../../core/reconcile/planned-writes.ts";
import { type PartedField, unmergeRecord } from "../../core/reconcile/unmerge.ts";
import type { World } from "../../core/reconcile/world.ts";
import { claimDeliveries, linksWithAttempts } from "../../storage/links.ts";
import { claimMatching, findMaking } from "../../storage/world.ts";
import { inScene, type Scene, worldOf } from "./act-world.ts";
import { commitAndWake } from "./commit-and-wake.ts";
import type { ActContext } from "./context.ts";

/** Two records that a person finds to be one. */
export type MergeChoice = {
  readonly winner: string;
  readonly loser: string;
  readonly values: Readonly<Record<string, "winner" | "loser">>;
  readonly second: Readonly<Record<string, SecondRow>>;
};

/** What merging means, or why it was not done. */
export type MergeResult =
  | {
      readonly kind: "merged";
      readonly fields: readonly MergedField[];
      readonly rows: readonly MergedRow[];
      readonly writes: readonly PlannedWrite[];
      /** How much that waits for a person goes along: questions, and values in quarantine. */
      readonly pending: { readonly questions: number; readonly held: number };
    }
  | Exclude<MergeOutcome, { kind: "merged" }>;

/** Makes two records one. Nothing pending about the second is lost. */
export function merge(ctx: ActContext, choice: MergeChoice): Promise<MergeResult> {
  return decideMerge(ctx, choice, true);
}

/** Says what merging would change, in the hub and in which system; changes nothing. */
export function previewMerge(ctx: ActContext, choice: MergeChoice): Promise<MergeResult> {
  return decideMerge(ctx, choice, false);
}

async function decideMerge(
  ctx: ActContext,
  choice: MergeChoice,
  isDone: boolean,
): Promise<MergeResult> {
  const winner = choice.winner as RecordId;
  const loser = choice.loser as RecordId;
  const outcome = await inScene(ctx, async (scene) => {
    const world = await worldOfBoth(scene, [winner, loser], isDone);
    const act: MergeAct = { ...choice, winner, loser, person: scene.person, command: "merge" };
    const pending = [...world.links.values()].filter(({ state }) => state === "pending");
    const making = await findMaking(
      scene.tx,
      pending.map(({ id }) => id),
    );
    const decided = mergeRecords(world, act, new Set(making.keys()), () => ctx.ids.next());
    if (decided.kind !== "merged") return decided;
    const { changes, ...told } = decided;
    if (isDone) await commitAndWake(scene, ctx, world, changes);
    return { ...told, pending: pendingOf(world, loser) };
  });
  return outcome ?? { kind: "no-record", record: winner };
}

function pendingOf(world: World, record: RecordId) {
  return {
    questions: world.conflicts.get(record)?.length ?? 0,
    held: world.held.get(record)?.length ?? 0,
  };
}

export type UnmergeResult =
  | {
      readonly kind: "unmerged";
      /** The record that it had been merged into. */
      readonly from: RecordId;
      readonly fields: readonly PartedField[];
      readonly links: readonly LinkId[];
      readonly writes: readonly PlannedWrite[];
    }
  | { readonly kind: "not-merged" }
  | { readonly kind: "merged-again"; readonly into: RecordId }
  | { readonly kind: "busy" };

/** Parts two records that were merged, each with its links. */
export function unmerge(ctx: ActContext, record: string): Promise<UnmergeResult> {
  return decideUnmerge(ctx, record as RecordId, true);
}

/** Says what parting them would change; changes nothing. */
export function previewUnmerge(ctx: ActContext, record: string): Promise<UnmergeResult> {
  return decideUnmerge(ctx, record as RecordId, false);
}

async function decideUnmerge(
  ctx: ActContext,
  record: RecordId,
  isDone: boolean,
): Promise<UnmergeResult> {
  const outcome = await inScene(ctx, async (scene): Promise<UnmergeResult> => {
    const alone = await worldOf(scene, [record], false);
    const into = alone.records.get(record)?.merged?.into;
    if (into === undefined) return { kind: "not-merged" };
    const world = await worldOfBoth(scene, [into, record], isDone);
    const deleting = world.records.get(record)?.merged?.deleted ?? [];
    const underWay = await linksWithAttempts(scene.tx, deleting);
    const act = { record, person: scene.person, command: "unmerge" };
    const decided = unmergeRecord(world, act, underWay, () => ctx.ids.next());
    if (decided.kind !== "unmerged") return decided;
    const { changes, ...told } = decided;
    if (isDone) await commitAndWake(scene, ctx, world, changes);
    return told;
  });
  return outcome ?? { kind: "not-merged" };
}

/**
 * Both records. To act on them the entity's matching is claimed, so that no row finds one of them
 * meanwhile, and what is to be sent to their systems is held.
 */
async function worldOfBoth(
  scene: Scene,
  records: readonly RecordId[],
  isDone: boolean,
): Promise<World> {
  if (!isDone) return await worldOf(scene, records, false);
  await claimMatching(scene.tx, [...scene.map.entities.keys()]);
  const world = await worldOf(scene, records, true);
  await claimDeliveries(scene.tx, [...world.links.keys()]);
  return world;
}
