import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startPostgres } from "./embedded-postgres.mjs";
import { Problem } from "./problem.mjs";
import { query } from "./query.mjs";

/** The database that tests clone; `server/testing/database.ts` knows it by this name too. */
const TEMPLATE = "fieldline_template";

/**
 * Starts the one PostgreSQL of a test run, with an empty hub as the template to clone.
 * Safety against a power cut is given up for speed.
 * @param {string} [node] the Node that runs TypeScript; this one if absent
 */
export async function startTestPostgres(node = process.execPath) {
  const postgres = await startPostgres({ ephemeral: true, fsync: false });
  try {
    await query(postgres.url, (sql) => sql.unsafe(`create database ${TEMPLATE}`));
    const template = postgres.url.replace(/\/[^/]*$/, `/${TEMPLATE}`);
    const migrate = spawnSync(node, ["db/migrate.ts"], {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      env: { ...process.env, DATABASE_URL: template },
      encoding: "utf8",
    });
    if (migrate.status !== 0) throw new Problem(`The migrations failed:\n${migrate.stderr}`);
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
