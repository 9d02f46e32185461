import { z } from "zod";
import type { Connector } from "../../connectors/connector.ts";
import type { Connection } from "../../core/map/file/map-file.ts";
import { writeMapFile } from "../../core/map/file.ts";
import { listSystems, type SystemRow } from "../../storage/systems.ts";
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
    const connections = Object.fromEntries(
      rows
        .filter((row) => document.systems.some(({ id }) => id === row.id))
        .map((row) => [row.id, connectionOf(row, ctx.connectors)]),
    );
    return {
      name: number === null ? "map-draft.yaml" : `map-version-${number}.yaml`,
      text: writeMapFile({ document, connections }),
    };
  });

function connectionOf(row: SystemRow, connectors: readonly Connector[]): Connection {
  const connector = connectors.find(({ id }) => id === row.connector);
  const sealed = row.secrets === null ? [] : (connector?.secrets ?? []);
  const stored = sealed.filter((name) => row.settings[name] === undefined);
  const references = stored.map((name) => [name, { secret: "stored" }]);
  const settings = { ...row.settings, ...Object.fromEntries(references) };
  return { connector: row.connector, settings: settings as Connection["settings"] };
}
