import type { Connection } from "../../../db/client.ts";
import type { Connector, Trace } from "../../connectors/connector.ts";
import { openSettings } from "../../connectors/sealed-settings.ts";
import { FailureError } from "../../core/run/failure.ts";
import type { SecretBox } from "../../platform/secrets.ts";
import { hubName } from "../../storage/hub-name.ts";
import { listSystems, type SystemRow } from "../../storage/systems.ts";

/** What is needed to know how other systems are reached. */
export type Opening = {
  readonly box: SecretBox;
  readonly connectors: readonly Connector[];
  variable(name: string): string | undefined;
};

/** A place that a system is about to be connected to. */
export type Place = {
  readonly system: string;
  readonly connector: Connector;
  readonly settings: Readonly<Record<string, unknown>>;
};

/**
 * The other system that is this very place, null where there is none. Both would read it through
 * one slot, and each would lose what the other has acknowledged.
 */
export async function systemAt(
  sql: Connection,
  opening: Opening,
  { system, connector, settings }: Place,
): Promise<string | null> {
  const hub = await hubName(sql);
  const traces = connector.traces({ ...settings }, hub);
  return await systemWith(sql, opening, { system, connector: connector.id, traces });
}

/** Another system in which the hub leaves the same. */
export async function systemWith(
  sql: Connection,
  opening: Opening,
  of: { readonly system: string; readonly connector: string; readonly traces: readonly Trace[] },
): Promise<string | null> {
  const hub = await hubName(sql);
  const connector = opening.connectors.find(({ id }) => id === of.connector);
  if (connector === undefined) return null;
  const others = (await listSystems(sql)).filter(
    (row) => row.id !== of.system && row.connector === of.connector,
  );
  const shared = others.find((other) => {
    const settings = settingsOf(opening, other);
    if (settings instanceof FailureError) return false;
    return isSamePlace(of.traces, connector.traces(settings, hub));
  });
  return shared?.id ?? null;
}

/** Is all of what we leave there the same? Databases of one name on two servers share a part. */
export function isSamePlace(some: readonly Trace[], others: readonly Trace[]): boolean {
  const theirs = new Set(others.map(({ what }) => what));
  return some.length > 0 && some.every(({ what }) => theirs.has(what));
}

/** What somebody is told who connects a place a second time. */
export function sharedWords(system: string): string {
  return (
    `It is connected as ${system} already, and one place is one system: both would read one log. ` +
    `Bind its other tables in ${system}.`
  );
}

/** A system's settings with its secrets, or why they cannot be had. */
export function settingsOf(
  { box, variable }: Opening,
  row: SystemRow,
): Record<string, unknown> | FailureError {
  try {
    return openSettings(box, row.id, row, variable);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return new FailureError({ kind: "unauthorized", detail });
  }
}
