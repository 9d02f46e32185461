import type { LinkId } from "../../core/ids.ts";
import type { Conflict, Source } from "../../core/reconcile/state.ts";
import { undoAnswer } from "../../core/reconcile/undo-answer.ts";
import { findConflict, rowsDeletedSince, type StoredConflict } from "../../storage/conflicts.ts";
import { linksWithAttempts } from "../../storage/links.ts";
import { inScene, type Scene, worldOf } from "./act-world.ts";
import { commitAndWake } from "./commit-and-wake.ts";
import type { ActContext } from "./context.ts";

export type UndoOutcome =
  /** The question is open again, and the hub has what it had before the answer. */
  | { readonly kind: "reopened"; readonly conflict: Conflict }
  /** The answer does not stand any more: a sentence says why. Nothing was done. */
  | { readonly kind: "moved"; readonly message: string }
  /** No person has answered it: there is nothing to take back. */
  | { readonly kind: "not-answered" }
  | { readonly kind: "unknown" };

/**
 * Takes a person's answer back, as a new act: only while the value that it set still stands. What
 * was delivered meanwhile is set right when the question is answered again.
 */
export async function undoResolution(
  ctx: ActContext,
  act: { readonly conflict: string },
): Promise<UndoOutcome> {
  const outcome = await inScene(ctx, (scene) => undo(ctx, scene, act.conflict));
  return outcome ?? { kind: "unknown" };
}

async function undo(ctx: ActContext, scene: Scene, id: string): Promise<UndoOutcome> {
  const found = await findConflict(scene.tx, id);
  if (found === null) return { kind: "unknown" };
  const world = await worldOf(scene, [found.conflict.record], true);
  // Read once more under the record's lock: somebody may have been faster.
  const stored = await findConflict(scene.tx, id);
  const given = stored === null ? null : await givenAnswer(scene, stored);
  if (given === null) return { kind: "not-answered" };
  const undone = undoAnswer(world, given, { person: scene.person, command: "undo" }, () =>
    ctx.ids.next(),
  );
  if (undone.kind === "moved") return undone;
  await commitAndWake(scene, ctx, world, undone.changes);
  return { kind: "reopened", conflict: undone.conflict };
}

async function givenAnswer(scene: Scene, stored: StoredConflict) {
  const { conflict, resolution, resolvedBy, resolvedAt } = stored;
  if (conflict.state !== "resolved" || resolution === null) return null;
  if (resolvedBy === null || resolvedAt === null) return null;
  const links = conflict.candidates.flatMap(({ link }): LinkId[] => (link === null ? [] : [link]));
  const by: Source = `person:${resolvedBy}`;
  return {
    conflict,
    by,
    at: resolvedAt,
    before: resolution.before,
    met: resolution.met ?? [],
    deletedBefore: resolution.deletedBefore ?? null,
    sending: await linksWithAttempts(scene.tx, links),
    rowsDeleted:
      conflict.kind === "delete" && (await rowsDeletedSince(scene.tx, conflict.record, resolvedAt)),
  };
}
