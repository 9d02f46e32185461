import { z } from "zod";
import { noteWithReason } from "../../core/impact/fuses.ts";
import type { Fuse } from "../../core/impact/impact.ts";
import { Problem } from "../problem.ts";

const REASON_CHARACTERS_MAX = 1_000;

/** What a person has looked at before they publish, and why they do where that is asked. */
export const SeenImpact = z.object({
  /** The id that `maps.preview` gave with its result; null: nobody has looked. */
  preview: z.string().nullable(),
  reason: z.string().trim().max(REASON_CHARACTERS_MAX),
});
export type SeenImpact = z.infer<typeof SeenImpact>;

/** What a preview was made of, and on which live version. */
export type Previewed =
  | { readonly draft: number; readonly live: number }
  | { readonly version: number; readonly live: number };

type KeptPreview = { readonly of: string; readonly fuses: readonly Fuse[] };

/** Whoever publishes looked a moment ago: older ones are forgotten. */
const KEPT_MAX = 100;
const kept = new Map<string, KeptPreview>();

/** Remembers what a preview has found, for whoever publishes after they have read it. */
export function keepPreview(id: string, of: Previewed, fuses: readonly Fuse[]): void {
  kept.set(id, { of: JSON.stringify(of), fuses });
  const [oldest] = kept.keys();
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
}

/**
 * The note of a version that is published with what its preview said.
 * @throws Problem where the preview was of something else, or a reason is asked for and missing
 */
export function noteOf(note: string, seen: SeenImpact, of: Previewed): string {
  const fuses = seen.preview === null ? null : fusesOf(seen.preview, of);
  if (fuses?.length === 0) return note;
  if (seen.reason !== "") return noteWithReason(note, seen.reason);
  const what =
    fuses === null
      ? "Nobody has looked at what this changes"
      : "Rows are deleted, change in a match key, or are very many";
  throw new Problem({
    ...{ code: "BAD_REQUEST", kind: "reason-missing" },
    message: `${what}: say why this is right. Nothing was published.`,
    fields: { reason: "Say why this is right." },
  });
}

function fusesOf(id: string, of: Previewed): readonly Fuse[] {
  const preview = kept.get(id);
  if (preview?.of === JSON.stringify(of)) return preview.fuses;
  throw new Problem({
    ...{ code: "CONFLICT", kind: "preview-old" },
    message:
      "What was looked at is not what would be published now. Look again at what it changes; " +
      "nothing was published.",
  });
}
