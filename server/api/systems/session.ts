import type { Connector, Session } from "../../connectors/connector.ts";
import { openSettings } from "../../connectors/sealed-settings.ts";
import { FailureError } from "../../core/run/failure.ts";
import { readVariable } from "../../platform/env.ts";
import { hubName } from "../../storage/hub-name.ts";
import { findSystem, type SystemRow } from "../../storage/systems.ts";
import type { Services } from "../context.ts";
import { notFound, Problem } from "../problem.ts";

export type Settings = Readonly<Record<string, unknown>>;

/** The connector of that id. Throws NOT_FOUND. */
export function connectorOf(services: Services, id: string): Connector {
  const connector = services.connectors.find((one) => one.id === id);
  if (connector === undefined) throw notFound("kind of system", id);
  return connector;
}

/** A connected system with its connector. Throws NOT_FOUND. */
export async function loadSystem(
  services: Services,
  id: string,
): Promise<{ system: SystemRow; connector: Connector }> {
  const system = await findSystem(services.hub.sql, id);
  if (system === null) throw notFound("system", id);
  return { system, connector: connectorOf(services, system.connector) };
}

/** The settings of a connected system with its secrets. They never leave the server. */
export function settingsOf({ box }: Services, system: SystemRow): Settings {
  return openSettings(box, system.id, system, readVariable);
}

/**
 * Works in a session with a foreign system and closes it.
 * @throws FailureError when the system cannot be reached
 */
export async function withSession<T>(
  services: Services,
  connector: Connector,
  settings: Settings,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const hub = await hubName(services.hub.sql);
  const session = await connector.open({ ...settings }, hub);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

/** A foreign system's failure as a refusal that says so; other errors pass. */
export function asProblem(error: unknown): unknown {
  if (!(error instanceof FailureError)) return error;
  const { kind, detail } = error.failure;
  return new Problem({
    code: "UNPROCESSABLE_CONTENT",
    kind,
    message: `The system did not do this: ${detail} Nothing was changed.`,
    cause: error,
  });
}
