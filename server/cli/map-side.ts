import { EMPTY_MAP, type MapDocument } from "../core/map/document.ts";
import { readDraft } from "../storage/drafts.ts";
import { readLiveVersion, readVersion } from "../storage/maps.ts";
import type { CliContext } from "./cli-context.ts";
import { CliProblem, EXIT, unknown } from "./exit-code.ts";

/** A map that a person names: a version's number, "live" or "draft". */
export async function readSide(
  { hub }: CliContext,
  side: string,
): Promise<{ readonly title: string; readonly document: MapDocument }> {
  if (side === "draft") return { title: "the draft", ...(await readDraft(hub.sql)) };
  if (side === "live") {
    const live = await readLiveVersion(hub.sql);
    if (live === null) return { title: "an empty map", document: EMPTY_MAP };
    return { title: `version ${live.number}`, document: live.document };
  }
  const number = Number(side.replace(/^v/, ""));
  if (!Number.isSafeInteger(number) || number < 0 || side.trim() === "") {
    throw new CliProblem(EXIT.usage, `"${side}" is no version: a number, "live" or "draft".`);
  }
  if (number === 0) return { title: "an empty map", document: EMPTY_MAP };
  const version = await readVersion(hub.sql, number);
  if (version === null) throw unknown("version", side);
  return { title: `version ${number}`, document: version.document };
}
