import { z } from "zod";
import { EMPTY_MAP, type MapDocument } from "../../core/map/document.ts";
import { readDraft } from "../../storage/drafts.ts";
import { readLiveVersion, readVersion } from "../../storage/maps.ts";
import type { Services } from "../context.ts";
import { notFound } from "../problem.ts";

/** A map to compare or export: a version by its number, the live one, or the draft. */
export const MapSide = z.union([z.int().min(0), z.literal("live"), z.literal("draft")]);
export type MapSide = z.infer<typeof MapSide>;

export type SideView = {
  /** The version's number; null for the draft. 0 is the empty map before the first version. */
  readonly number: number | null;
  readonly document: MapDocument;
};

/** The map on one side of a comparison. Throws NOT_FOUND. */
export async function readSide({ hub }: Services, side: MapSide): Promise<SideView> {
  if (side === "draft") return { number: null, document: (await readDraft(hub.sql)).document };
  if (side === 0) return { number: 0, document: EMPTY_MAP };
  const version =
    side === "live" ? await readLiveVersion(hub.sql) : await readVersion(hub.sql, side);
  if (version !== null) return version;
  if (side === "live") return { number: 0, document: EMPTY_MAP };
  throw notFound("version", String(side));
}
