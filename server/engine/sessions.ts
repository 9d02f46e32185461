import type { Sql } from "../../db/client.ts";
import type { Session } from "../connectors/connector.ts";
import { findConnector } from "../connectors/registry.ts";
import { openSettings } from "../connectors/sealed-settings.ts";
import { FailureError } from "../core/run/failure.ts";
import { readVariable } from "../platform/env.ts";
import type { SecretBox } from "../platform/secrets.ts";
import { loadReachableSystems } from "../storage/current-map.ts";
import { hubName } from "../storage/hub-name.ts";

/**
 * Opens sessions with systems by what is stored of them.
 * @returns a function that throws FailureError where a system is unknown or cannot be opened
 */
export function sessionOpener(sql: Sql, box: SecretBox): (system: string) => Promise<Session> {
  return async (id) => {
    const system = (await loadReachableSystems(sql)).find((known) => known.id === id);
    if (system === undefined) throw rejected(`No system ${id} is set up. Add it under Systems.`);
    const connector = findConnector(system.connector);
    if (connector === undefined) {
      throw rejected(`System ${id} needs the connector ${system.connector}, which is not here.`);
    }
    return await connector.open(settingsOf(box, system), await hubName(sql));
  };
}

function settingsOf(
  box: SecretBox,
  system: { id: string; settings: Record<string, unknown>; secrets: string | null },
): Record<string, unknown> {
  try {
    return openSettings(box, system.id, system, readVariable);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new FailureError({ kind: "unauthorized", detail });
  }
}

function rejected(detail: string): FailureError {
  return new FailureError({ kind: "rejected", detail });
}
