import { rmSync } from "node:fs";
import { lockDataFolder, prepareDataFolder, readSecret } from "./data-folder.mjs";
import { startPostgres } from "./embedded-postgres.mjs";
import { checkOutsidePostgres } from "./outside-postgres.mjs";
import { Problem } from "./problem.mjs";
import { runNode } from "./processes.mjs";

/**
 * The hub: its database, up to date, and its secret. Nobody else uses the data folder meanwhile.
 *
 * @typedef {object} Hub
 * @property {string} databaseUrl
 * @property {string} secret
 * @property {import("./embedded-postgres.mjs").RunningPostgres | undefined} postgres the embedded
 *   server; undefined with a server of the user's own
 * @property {() => Promise<void>} close stops what was started
 */

/**
 * Opens the hub of a data folder. Throws `Problem`.
 * @param {import("./settings.mjs").Settings} settings
 * @param {"product" | "command"} holder what uses it
 * @param {(line: string) => void} say
 * @returns {Promise<Hub>}
 */
export async function openHub(settings, holder, say) {
  prepareDataFolder(settings.dataDir);
  const unlock = await lockDataFolder(settings.dataDir, holder);
  /** @type {Hub["postgres"]} */
  let postgres;
  const close = async () => {
    await postgres?.stop();
    unlock();
    if (settings.ephemeral) rmSync(settings.dataDir, { recursive: true, force: true });
  };
  try {
    const secret = readSecret(settings.secretFile);
    if (settings.databaseUrl === undefined) {
      const { dataDir, ephemeral } = settings;
      postgres = await startPostgres({ dataDir, ephemeral, say });
    } else {
      const shortcoming = await checkOutsidePostgres(settings.databaseUrl);
      if (shortcoming !== undefined) say(shortcoming);
    }
    const databaseUrl = settings.databaseUrl ?? postgres?.url ?? "";
    await migrate(databaseUrl);
    return { databaseUrl, secret, postgres, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @param {string} databaseUrl */
async function migrate(databaseUrl) {
  const { code, stderr } = await runNode(["db/migrate.ts"], { env: { DATABASE_URL: databaseUrl } });
  if (code !== 0) throw new Problem(`The tables could not be brought up to date:\n${stderr}`);
}
