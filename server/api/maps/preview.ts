import { z } from "zod";
import type { Impact } from "../../core/impact/impact.ts";
import type { ProgressNote } from "../../core/impact/progress-note.ts";
import { LIMITS } from "../../core/limits.ts";
import { checkMap } from "../../core/map/check.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { previewImpact } from "../../engine/preview/preview.ts";
import { sessionOpener } from "../../engine/sessions.ts";
import { systemRandom } from "../../platform/random.ts";
import { readDraft } from "../../storage/drafts.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { readSchemas } from "../../storage/systems.ts";
import type { Services } from "../context.ts";
import { Problem } from "../problem.ts";
import { editorProcedure } from "../trpc.ts";
import { MapSide, readSide } from "./map-side.ts";
import { keepPreview } from "./seen-impact.ts";

const Input = z.object({
  /** What would be published: the draft, or an earlier version. */
  of: MapSide,
  /**
   * Looks at every record. Else a hub with more than `LIMITS.previewQuickRecords` is looked at by a
   * sample of about so many, in seconds, and its counts stand for ranges.
   */
  all: z.boolean().default(false),
  /** Rows of each system and kind to look at. */
  rowsMax: z.int().min(0).max(LIMITS.previewRowsMax).default(50),
});

/** How far a preview is, and at last what it found. */
export type PreviewTelling =
  | ({ readonly kind: "progress" } & ProgressNote)
  | {
      readonly kind: "done";
      readonly impact: Impact;
      /** What the map that was looked at calls things. */
      readonly map: Pick<MapDocument, "systems" | "entities">;
      /** Says to whoever publishes that this was looked at. */
      readonly id: string;
    };

/**
 * What publishing would change where: a quick look, or all of it. Tells how far it is, then the
 * impact, whose `evaluated` says how many records were looked at of how many; whoever leaves the
 * stream ends the preview.
 */
export const preview = editorProcedure.input(Input).subscription(async function* ({
  ctx,
  input,
  signal,
}) {
  const { document, of } = await readPreviewed(ctx, input.of);
  const problems = checkMap(document, await readSchemas(ctx.hub.sql));
  if (problems.some(({ severity }) => severity === "error")) {
    throw new Problem({
      code: "BAD_REQUEST",
      kind: "map-problems",
      message:
        "A map with errors cannot be published, so nobody can say what it would change. Mend the " +
        "errors first.",
    });
  }
  const leave = new AbortController();
  const end = AbortSignal.any([leave.signal, ...(signal === undefined ? [] : [signal])]);
  const { rowsMax, all } = input;
  const recordsMax = all ? LIMITS.previewRecordsMax : LIMITS.previewQuickRecords;
  const free = takePlace();
  try {
    const found = yield* tellingsOf(leave, (progress) =>
      previewImpact(contextOf(ctx), { document, rowsMax, recordsMax, signal: end, progress }),
    );
    const id = ctx.ids.next();
    keepPreview(id, of, found.fuses);
    const { systems, entities } = document;
    const done: PreviewTelling = { kind: "done", impact: found, map: { systems, entities }, id };
    yield done;
  } finally {
    free();
  }
});

/** What is previewed, and how one knows it again. */
async function readPreviewed(ctx: Services, side: MapSide) {
  const live = (await readLiveVersion(ctx.hub.sql))?.number ?? 0;
  if (side === "draft") {
    const { document, revision } = await readDraft(ctx.hub.sql);
    return { document, of: { draft: revision, live } };
  }
  const { document, number } = await readSide(ctx, side);
  return { document, of: { version: number ?? 0, live } };
}

/** Each preview copies the hub's tables into the working memory of a session of its own. */
const AT_ONCE_MAX = 2;
let atOnce = 0;

function takePlace(): () => void {
  if (atOnce >= AT_ONCE_MAX) {
    throw new Problem({
      code: "TOO_MANY_REQUESTS",
      kind: "busy",
      message: `${AT_ONCE_MAX} previews are under way. Look again when one of them is over.`,
    });
  }
  atOnce += 1;
  return () => {
    atOnce -= 1;
  };
}

function contextOf({ hub, clock, ids, log, box }: Services) {
  const openSession = sessionOpener(hub.sql, box);
  return { hub, clock, ids, log, openSession, random: systemRandom };
}

/**
 * Notes of progress, the last one where several came since it was looked; returns the result. Who
 * leaves before that ends the work, and has gone when it is over.
 */
async function* tellingsOf(
  leave: AbortController,
  work: (progress: (note: ProgressNote) => void) => Promise<Impact>,
): AsyncGenerator<PreviewTelling, Impact> {
  const notes: ProgressNote[] = [];
  let news = Promise.withResolvers<void>();
  const done = work((note) => {
    notes.push(note);
    news.resolve();
  });
  const over = done.then(
    () => true,
    () => true,
  );
  try {
    while (!(await Promise.race([news.promise.then(() => false), over]))) {
      news = Promise.withResolvers();
      const last = notes.splice(0).at(-1);
      if (last !== undefined) yield { kind: "progress", ...last };
    }
    return await done;
  } finally {
    leave.abort();
    await over;
  }
}
