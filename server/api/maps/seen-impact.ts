import { z } from "zod";
import { noteWithReason } from "../../core/impact/fuses.ts";
import { FUSE_KINDS } from "../../core/impact/impact.ts";
import { Problem } from "../problem.ts";

const REASON_CHARACTERS_MAX = 1_000;

/** What of a preview a person has seen before they publish, and why they do all the same. */
export const SeenImpact = z.object({
  fuses: z
    .array(
      z.object({
        kind: z.enum(FUSE_KINDS),
        system: z.string(),
        count: z.int().min(0),
        of: z.int().min(0),
      }),
    )
    .max(500),
  reason: z.string().trim().max(REASON_CHARACTERS_MAX),
});
export type SeenImpact = z.infer<typeof SeenImpact>;

/**
 * The note of a version that is published with what its preview said.
 * @throws Problem where a fuse is blown and no reason is given
 */
export function noteOf(note: string, impact: SeenImpact | undefined): string {
  if (impact === undefined || impact.fuses.length === 0) return note;
  if (impact.reason !== "") return noteWithReason(note, impact.reason);
  const message =
    "Rows are deleted, change in a match key, or are very many: say why this is right. Nothing " +
    "was published.";
  throw new Problem({
    ...{ code: "BAD_REQUEST", kind: "reason-missing", message },
    fields: { reason: "Say why this is right." },
  });
}
