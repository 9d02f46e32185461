import type { Transaction } from "../../../db/client.ts";
import { checkMap } from "../../core/map/check.ts";
import { type MapProblem, problemKey } from "../../core/map/checks/problem.ts";
import {
  type BindingChange,
  changedBindings,
  diffMaps,
  type MapDiff,
} from "../../core/map/diff.ts";
import { EMPTY_MAP, type MapDocument } from "../../core/map/document.ts";
import { clearDraftEdits, readDraft, saveDraft } from "../../storage/drafts.ts";
import {
  insertVersion,
  lockMap,
  type MapVersion,
  readLiveVersion,
  readVersion,
} from "../../storage/maps.ts";
import { notify } from "../../storage/notify.ts";
import { countRun, finishRun, startRun } from "../../storage/runs.ts";
import { readSchemas } from "../../storage/systems.ts";
import type { ActContext } from "./context.ts";
import { fitHub } from "./fit-hub.ts";
import { forgetNotes } from "./suggestion-notes.ts";

export type PublishOutcome =
  | {
      readonly kind: "published";
      readonly version: number;
      readonly diff: MapDiff;
      /** Bindings whose rows are decided again. */
      readonly changed: readonly BindingChange[];
      /** Warnings that were acknowledged. */
      readonly warnings: readonly MapProblem[];
    }
  /** The live version says the same already; nothing has happened. */
  | { readonly kind: "unchanged"; readonly version: number }
  /** Errors, or warnings that nobody has acknowledged; nothing has happened. */
  | { readonly kind: "problems"; readonly problems: readonly MapProblem[] }
  /** The draft or the live version is not what the person saw; nothing has happened. */
  | { readonly kind: "moved"; readonly message: string }
  /** There is no such version. */
  | { readonly kind: "unknown" };

/** Warnings that the person has seen, by `problemKey`; "all" where a script says so. */
export type Acknowledged = readonly string[] | "all";

/**
 * Makes the draft the live version.
 * @param act `revision`: the draft as the person saw it; null: whatever it is now
 */
export function publishDraft(
  ctx: ActContext,
  act: {
    readonly revision: number | null;
    readonly note: string;
    readonly acknowledged: Acknowledged;
  },
): Promise<PublishOutcome> {
  return inMap(ctx, async (tx, live) => {
    const draft = await readDraft(tx);
    const moved = draftMoved(draft, act.revision, live);
    if (moved !== null) return { kind: "moved", message: moved };
    return await publish(tx, ctx, live, { ...act, document: draft.document, restores: null });
  });
}

function draftMoved(
  draft: { readonly revision: number; readonly base: number; readonly updatedBy: string | null },
  seen: number | null,
  live: MapVersion | null,
): string | null {
  if (seen !== null && seen !== draft.revision) {
    const who = draft.updatedBy ?? "Somebody";
    return `${who} changed the draft meanwhile. Look at it again before you publish it.`;
  }
  if (live === null || live.number === draft.base) return null;
  return `Version ${live.number} was published by ${live.author} since this draft began on \
${draft.base === 0 ? "an empty map" : `version ${draft.base}`}. Bring the draft onto version \
${live.number} first, or discard it.`;
}

/**
 * Publishes a whole document, as the command line does. An untouched draft follows; one with edits
 * stays and has to be brought onto the new version.
 * @param act `prepare` is done first in the same transaction, and undone when problems are found
 */
export function publishDocument(
  ctx: ActContext,
  act: {
    readonly document: MapDocument;
    readonly note: string;
    readonly acknowledged: Acknowledged;
    readonly prepare?: (tx: Transaction) => Promise<void>;
  },
): Promise<PublishOutcome> {
  return inMap(ctx, async (tx, live) => {
    await act.prepare?.(tx);
    const { document, note, acknowledged } = act;
    return await publish(tx, ctx, live, { document, note, acknowledged, restores: null });
  });
}

/** Publishes the document of an earlier version again, as a new version. */
export function rollBack(
  ctx: ActContext,
  act: {
    readonly number: number;
    /** A sentence of its own where it is empty. */
    readonly note: string;
    readonly acknowledged: Acknowledged;
  },
): Promise<PublishOutcome> {
  return inMap(ctx, async (tx, live) => {
    const version = await readVersion(tx, act.number);
    if (version === null) return { kind: "unknown" };
    const note = act.note === "" ? `Back to version ${act.number}` : act.note;
    const { document } = version;
    return await publish(tx, ctx, live, { ...act, document, note, restores: act.number });
  });
}

async function inMap(
  ctx: ActContext,
  act: (tx: Transaction, live: MapVersion | null) => Promise<PublishOutcome>,
): Promise<PublishOutcome> {
  try {
    const outcome = await ctx.hub.sql.begin(async (tx) => {
      await lockMap(tx);
      const it = await act(tx, await readLiveVersion(tx));
      if (it.kind === "problems") throw new Refused(it);
      return { it };
    });
    return outcome.it;
  } catch (error) {
    if (error instanceof Refused) return error.outcome;
    throw error;
  }
}

/** Ends the transaction with nothing done. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly outcome: PublishOutcome;
  constructor(outcome: PublishOutcome) {
    super("The map has problems.");
    this.outcome = outcome;
  }
}

type Publishing = {
  readonly document: MapDocument;
  readonly note: string;
  readonly acknowledged: Acknowledged;
  readonly restores: number | null;
};

async function publish(
  tx: Transaction,
  ctx: ActContext,
  live: MapVersion | null,
  { document, note, acknowledged, restores }: Publishing,
): Promise<PublishOutcome> {
  const before = live?.document ?? EMPTY_MAP;
  const diff = diffMaps(before, document);
  if (diff.changed === 0) return { kind: "unchanged", version: live?.number ?? 0 };
  const schemas = await readSchemas(tx);
  const problems = checkMap(document, schemas);
  const blocks = (problem: MapProblem) =>
    problem.severity === "error" ||
    (acknowledged !== "all" && !acknowledged.includes(problemKey(problem)));
  if (problems.some(blocks)) return { kind: "problems", problems };
  const at = ctx.clock.now().toISOString();
  const author = ctx.person;
  const version = await insertVersion(tx, { document, author, note, restores, at });
  await fitHub(tx, { before, document, schemas });
  const changed = changedBindings(before, document);
  await recordRun(tx, ctx, { version, diff, changed, at });
  await moveDraft(tx, ctx, { live, document, version, at });
  await notify(tx, ["maps", "runs"]);
  return { kind: "published", version, diff, changed, warnings: problems };
}

/** The publish among the runs: who looks at them sees what it set in motion. */
async function recordRun(
  tx: Transaction,
  ctx: ActContext,
  act: {
    readonly version: number;
    readonly diff: MapDiff;
    readonly changed: readonly BindingChange[];
    readonly at: string;
  },
): Promise<void> {
  const { version, diff, changed, at: now } = act;
  const id = ctx.ids.next();
  const none = { system: null, binding: null, engine: null };
  const detail = changed.map(({ binding, change }) => `${binding} ${change}`).join(", ");
  await startRun(tx, { id, kind: "publish", ...none, mapVersion: version, detail, now });
  await countRun(tx, id, { changed: diff.changed, bindings: changed.length }, now);
  await finishRun(tx, id, { state: "succeeded", now });
}

/** A draft that now says the same as the live version starts anew from there. */
async function moveDraft(
  tx: Transaction,
  ctx: ActContext,
  to: {
    readonly live: MapVersion | null;
    readonly document: MapDocument;
    readonly version: number;
    readonly at: string;
  },
): Promise<void> {
  const draft = await readDraft(tx);
  if (draft.revision === 0) return;
  const isUntouched = diffMaps(to.live?.document ?? EMPTY_MAP, draft.document).changed === 0;
  const isPublished = diffMaps(to.document, draft.document).changed === 0;
  if (!isUntouched && !isPublished) return;
  await clearDraftEdits(tx);
  const { document, version: base } = to;
  await forgetNotes(tx, document);
  const next = { document, base, revision: draft.revision + 1 };
  await saveDraft(tx, next, { author: ctx.person, at: to.at });
}
