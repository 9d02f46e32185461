import { z } from "zod";
import type { Connector } from "../../connectors/connector.ts";
import { Problem } from "../problem.ts";
import type { Settings } from "./session.ts";

/** Settings as a form sends them: checked by the connector's own schema, later. */
export const SettingsInput = z.record(z.string(), z.json());

/**
 * Checks what a person entered. A secret that was left empty keeps the one that is stored.
 * @throws Problem with a sentence for each setting that does not fit
 */
export function readSettings(connector: Connector, entered: Settings, stored?: Settings): Settings {
  const kept = connector.secrets.filter(
    (name) => stored?.[name] !== undefined && isBlank(entered[name]),
  );
  const settings = {
    ...Object.fromEntries(Object.entries(entered).filter(([, value]) => !isBlank(value))),
    ...Object.fromEntries(kept.map((name) => [name, stored?.[name]])),
  };
  const result = connector.settings.safeParse(settings);
  if (result.success) return result.data;
  const fields = Object.fromEntries(
    result.error.issues.map((issue) => [`settings.${issue.path.join(".")}`, issue.message]),
  );
  throw new Problem({
    code: "BAD_REQUEST",
    kind: "input",
    message: "Some settings do not fit. Nothing was saved.",
    fields,
  });
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
