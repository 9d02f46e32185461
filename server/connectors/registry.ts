import type { Connector } from "./connector.ts";
import { polledPostgres } from "./postgres/polled.ts";
import { postgres } from "./postgres/postgres.ts";

/** Every kind of system that can be connected. The memory connector is the simulator's own. */
export const CONNECTORS: readonly Connector[] = [postgres, polledPostgres];

/** The connector with this id; undefined when there is none. */
export function findConnector(id: string): Connector | undefined {
  return CONNECTORS.find((connector) => connector.id === id);
}
