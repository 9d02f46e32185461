import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { openHub } from "../../db/client.ts";
import { CONNECTORS } from "../connectors/registry.ts";
import { LIMITS } from "../core/limits.ts";
import { systemClock } from "../platform/clock.ts";
import {
  EnvironmentProblem,
  readEnvironment,
  readVariable,
  requireVariable,
} from "../platform/env.ts";
import { createIdSource } from "../platform/ids.ts";
import { systemRandom } from "../platform/random.ts";
import { createSecretBox } from "../platform/secrets.ts";
import type { CliContext } from "./cli-context.ts";
import { CliProblem, EXIT } from "./exit-code.ts";
import { runCli } from "./program.ts";

/**
 * The command line, run by `npx fieldline` with the hub's database in its environment. Answers go
 * to standard output, everything else to standard error.
 */
const CONNECTIONS = 4;

const abort = new AbortController();
process.once("SIGINT", () => abort.abort());
process.once("SIGTERM", () => abort.abort());

const terminal = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
};

let close = async (): Promise<void> => undefined;
try {
  process.exitCode = await runCli(process.argv.slice(2), terminal, async (person) => open(person));
} catch (error) {
  if (error instanceof EnvironmentProblem || isConnectionError(error)) {
    terminal.err(`${error.message}\n`);
  } else {
    terminal.err(`Something is wrong in Fieldline itself: ${describe(error)}\n`);
  }
  process.exitCode = EXIT.failure;
} finally {
  await close();
}

function open(person: string | null): CliContext {
  const environment = readEnvironment();
  const databaseUrl = requireVariable("DATABASE_URL", environment);
  const secret = requireVariable("FIELDLINE_SECRET", environment);
  const hub = openHub(databaseUrl, CONNECTIONS);
  close = () => hub.close();
  return {
    hub,
    clock: systemClock,
    ids: createIdSource(systemClock, systemRandom),
    person: person ?? readVariable("FIELDLINE_PERSON") ?? `${userInfo().username}@${hostname()}`,
    box: createSecretBox(secret),
    connectors: CONNECTORS,
    variable: readVariable,
    secret,
    databaseUrl,
    address: environment.FIELDLINE_URL ?? null,
    signal: abort.signal,
    readText,
    writeText: (path, text) => writeFile(path, text),
    tell: (line) => terminal.err(`${line}\n`),
  };
}

/** Reads no more than may be wanted, whatever the file is: a pipe without end, for instance. */
async function readText(path: string): Promise<string> {
  const stream = path === "-" ? process.stdin : createReadStream(path);
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of stream) {
      const buffer = Buffer.from(piece);
      bytes += buffer.length;
      pieces.push(buffer);
      if (bytes > LIMITS.mapFileBytesMax) break;
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliProblem(EXIT.usage, `The file ${path} cannot be read: ${why}.`);
  }
  return decode(Buffer.concat(pieces), path);
}

/** A sign that is no UTF-8 would silently become another one. */
function decode(bytes: Buffer, path: string): string {
  const text = bytes.toString("utf8");
  // What was read of a file that is too long may end within a sign.
  if (isUtf8(bytes) || bytes.length > LIMITS.mapFileBytesMax) return text;
  const name = path === "-" ? "standard input" : path;
  const before = text.slice(0, text.indexOf("\uFFFD")).split("\n");
  const place = `${name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  const message = `${place} This is no UTF-8 from here on. Save the file as UTF-8.`;
  throw new CliProblem(EXIT.usage, `${message}\nNothing was changed.`);
}

function isConnectionError(error: unknown): error is Error {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^(ECONNREFUSED|ENOTFOUND|CONNECT_TIMEOUT|CONNECTION_|28P01|3D000)/.test(code);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
