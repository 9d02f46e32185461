import { z } from "zod";
import { readLiveVersion, readVersion } from "../../storage/maps.ts";
import { versionEffects } from "../../storage/screens/versions.ts";
import { notFound } from "../problem.ts";
import { viewerProcedure } from "../trpc.ts";

/** One published version: who made it, why, and what it holds. */
export const version = viewerProcedure
  .input(z.object({ number: z.int().min(1) }))
  .query(async ({ ctx, input }) => {
    const { sql } = ctx.hub;
    const found = await readVersion(sql, input.number);
    if (found === null) throw notFound("version", String(input.number));
    const [live, [effect]] = await Promise.all([
      readLiveVersion(sql),
      versionEffects(sql, [input.number]),
    ]);
    const { document, ...line } = found;
    return {
      ...line,
      isLive: live?.number === found.number,
      run: effect?.run ?? null,
      holds: {
        systems: document.systems.length,
        entities: document.entities.length,
        fields: document.entities.reduce((sum, { fields }) => sum + fields.length, 0),
        edges: document.bindings.reduce((sum, { edges }) => sum + edges.length, 0),
      },
    };
  });
