import { z } from "zod";
import { writeMapFile } from "../../core/map/file.ts";
import { connectionsOf } from "../../engine/acts/map-connections.ts";
import { listSystems } from "../../storage/systems.ts";
import { editorProcedure } from "../trpc.ts";
import { MapSide, readSide } from "./map-side.ts";

/**
 * A map with its systems as one readable file, as `fieldline apply` takes it. Secrets stand in it
 * as references only.
 */
export const exportFile = editorProcedure
  .input(z.object({ of: MapSide }))
  .query(async ({ ctx, input }) => {
    const { document, number } = await readSide(ctx, input.of);
    const rows = await listSystems(ctx.hub.sql);
    const systems = document.systems.map(({ id }) => id);
    const connections = connectionsOf(rows, systems, ctx.box);
    return {
      name: number === null ? "map-draft.yaml" : `map-version-${number}.yaml`,
      text: writeMapFile({ document, connections }),
    };
  });
