import { startTestPostgres } from "../../launcher/test-postgres.mjs";
import { readEnvironment } from "../platform/env.ts";

/**
 * Before the first test that needs PostgreSQL: starts one, unless the whole test run has one
 * already. Returns what stops it again.
 */
export async function setup(): Promise<() => Promise<void>> {
  if (readEnvironment().FIELDLINE_TEST_PG_URL !== undefined) return async () => undefined;
  const server = await startTestPostgres();
  process.env["FIELDLINE_TEST_PG_URL"] = server.url;
  return () => server.stop();
}
