import { checkMap } from "../../core/map/check.ts";
import { diffMaps } from "../../core/map/diff.ts";
import { EMPTY_MAP } from "../../core/map/document.ts";
import type { Place } from "../../core/map/place.ts";
import { readDraft } from "../../storage/drafts.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { countEntities } from "../../storage/screens/canvas.ts";
import { readSchemas } from "../../storage/systems.ts";
import { viewerProcedure } from "../trpc.ts";

/** The entities of the draft, each with its systems, its problems and how much waits. */
export const entities = viewerProcedure.query(async ({ ctx }) => {
  const { sql } = ctx.hub;
  const [{ document }, live, schemas, counts] = await Promise.all([
    readDraft(sql),
    readLiveVersion(sql),
    readSchemas(sql),
    countEntities(sql),
  ]);
  const problems = checkMap(document, schemas);
  const changes = diffMaps(live?.document ?? EMPTY_MAP, document);
  return document.entities.map(({ id, name, fields }) => {
    const bindings = document.bindings.filter(({ entity }) => entity === id);
    const count = counts.find(({ entity }) => entity === id);
    const own = problems.filter(({ place }) => isAbout(place, id, bindings));
    const mapped = new Set(bindings.flatMap(({ edges }) => edges.flatMap((edge) => edge.fields)));
    return {
      ...{ id, name },
      isLive: live?.document.entities.some((one) => one.id === id) === true,
      fields: fields.length,
      mapped: fields.filter((field) => mapped.has(field.id)).length,
      objects: bindings.map(({ object, system }) => ({
        object,
        system: document.systems.find((one) => one.id === system) ?? null,
      })),
      errors: own.filter(({ severity }) => severity === "error").length,
      warnings: own.filter(({ severity }) => severity === "warning").length,
      changes: changesOf(changes.entities, id),
      records: count?.records ?? 0,
      conflicts: count?.conflicts ?? 0,
      held: count?.held ?? 0,
    };
  });
});

function isAbout(place: Place, entity: string, bindings: readonly { id: string }[]): boolean {
  if (place.binding !== undefined) return bindings.some(({ id }) => id === place.binding);
  return place.entity === entity;
}

function changesOf(diffs: ReturnType<typeof diffMaps>["entities"], id: string): number {
  const own = diffs.find(({ entity }) => entity === id);
  return (own?.fields ?? []).reduce((sum, field) => sum + field.changes.length, 0);
}
