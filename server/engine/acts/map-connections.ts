import { openSealed } from "../../connectors/sealed-settings.ts";
import type { Connection } from "../../core/map/file/map-file.ts";
import type { SecretBox } from "../../platform/secrets.ts";
import type { SystemRow } from "../../storage/systems.ts";

/**
 * How the systems of a map are reached, as its file says it: plain settings, and references where
 * there is a secret.
 * @param systems the ids of the map's systems
 */
export function connectionsOf(
  rows: readonly SystemRow[],
  systems: readonly string[],
  box: SecretBox,
): Record<string, Connection> {
  return Object.fromEntries(
    rows
      .filter((row) => systems.includes(row.id))
      .map((row) => [row.id, { connector: row.connector, settings: settingsOf(row, box) }]),
  );
}

function settingsOf(row: SystemRow, box: SecretBox): Connection["settings"] {
  const sealed = Object.keys(openSealed(box, row.id, row.secrets));
  const stored = sealed.filter((name) => row.settings[name] === undefined);
  const references = stored.map((name) => [name, { secret: "stored" }]);
  // Settings came as JSON, so JSON they are.
  return { ...row.settings, ...Object.fromEntries(references) } as Connection["settings"];
}
