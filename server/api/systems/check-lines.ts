import type { CheckLine, Connector } from "../../connectors/connector.ts";
import { FailureError } from "../../core/run/failure.ts";
import type { Services } from "../context.ts";
import { type Settings, withSession } from "./session.ts";

/** The live test of a system, line by line; it ends at the first line that fails. */
export async function checkLines(
  services: Services,
  connector: Connector,
  settings: Settings,
): Promise<CheckLine[]> {
  try {
    return await withSession(services, connector, settings, (session) => session.check());
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return [{ label: LABELS[error.failure.kind], ok: false, detail: error.failure.detail }];
  }
}

const LABELS = {
  unreachable: "Reach the system",
  unauthorized: "Sign in to the system",
  throttled: "Reach the system",
  rejected: "Open the system",
  "place-lost": "Read its changes",
} as const;
