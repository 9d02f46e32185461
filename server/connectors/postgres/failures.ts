import pg from "pg";
import { InvariantViolation } from "../../core/assert.ts";
import { type Failure, FailureError } from "../../core/run/failure.ts";
import type { Access } from "./settings.ts";

const RETRY_SOON_MS = 1_000;
const RETRY_LATER_MS = 10_000;

/** What went wrong with a whole call, as the engine and a person understand it. */
export function failureOf(error: unknown, access: Access): Error {
  if (error instanceof FailureError || error instanceof InvariantViolation) return error;
  const failure =
    error instanceof pg.DatabaseError
      ? serverFailure(error, access)
      : networkFailure(error, access);
  // Whatever is neither the server's nor the network's is our own mistake.
  if (failure === null) return error instanceof Error ? error : new Error(String(error));
  return new FailureError(failure, { cause: error });
}

/** Undefined column, table, type; a plan that does not fit: the table's description is too old. */
const OUTDATED = ["42703", "42P01", "42704", "42804", "0A000"];

/** True when the statement was made for a shape that the table does not have any more. */
export function isOutdated(error: unknown): boolean {
  const cause = error instanceof FailureError ? error.cause : error;
  return cause instanceof pg.DatabaseError && OUTDATED.includes(cause.code ?? "");
}

function serverFailure(error: pg.DatabaseError, access: Access): Failure {
  const code = error.code ?? "";
  const known = SENTENCES[code] ?? CLASSES[code.slice(0, 2)];
  return (known ?? rejected)(error, access);
}

type Explain = (error: pg.DatabaseError, access: Access) => Failure;

const throttled =
  (retryAfterMs: number): Explain =>
  (error, access) => ({
    kind: "throttled",
    detail: `${placeOf(access)} says: ${error.message}.`,
    retryAfterMs,
  });

const says =
  (kind: "unreachable" | "rejected"): Explain =>
  (error, access) => ({ kind, detail: `${placeOf(access)} says: ${error.message}.` });
const unreachable = says("unreachable");
const rejected = says("rejected");

/** By SQLSTATE. */
const SENTENCES: Readonly<Record<string, Explain>> = {
  "28P01": (_error, access) => ({
    kind: "unauthorized",
    detail: `${placeOf(access)} refuses the password of user "${access.user}".`,
  }),
  "28000": (error, access) => ({
    kind: "unauthorized",
    detail: `${placeOf(access)} does not let user "${access.user}" in: ${error.message}.`,
  }),
  "3D000": (_error, access) => ({
    kind: "rejected",
    detail: `There is no database "${access.database}" at ${access.host}:${access.port}.`,
  }),
  "42501": (error, access) => ({
    kind: "unauthorized",
    detail: `User "${access.user}" lacks a right: ${error.message}.`,
  }),
  "53300": throttled(RETRY_LATER_MS),
  // A database that lets nobody in for a while ends the connection; else it is a statement that
  // does not fit how the server is set.
  "55000": (error, access) => (error.severity === "FATAL" ? unreachable : rejected)(error, access),
  "55006": throttled(RETRY_SOON_MS),
  "55P03": throttled(RETRY_SOON_MS),
  // Time-outs of the server for a transaction that does nothing, or lasts too long.
  "25P03": unreachable,
  "25P04": unreachable,
  "57014": (_error, access) => ({
    kind: "unreachable",
    detail: `${placeOf(access)} did not answer a query in time.`,
  }),
  "25006": (_error, access) => ({
    kind: "rejected",
    detail: `${placeOf(access)} is read-only, as a standby is. Connect to the primary.`,
  }),
};

/** By the first two signs of the SQLSTATE. */
const CLASSES: Readonly<Record<string, Explain>> = {
  "08": unreachable,
  "40": throttled(RETRY_SOON_MS),
  "53": throttled(RETRY_LATER_MS),
  "57": unreachable,
  "58": unreachable,
  XX: unreachable,
};

function networkFailure(error: unknown, access: Access): Failure | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return { kind: "unreachable", detail: `No host is known by the name "${access.host}".` };
  }
  if (code === "ECONNREFUSED" || code === "ENOENT") {
    const place = `${access.host}:${access.port}`;
    return { kind: "unreachable", detail: `Nothing answers at ${place}. Is the server running?` };
  }
  if (/does not support SSL|certificate|self-signed/i.test(error.message)) {
    return { kind: "rejected", detail: `${placeOf(access)}: ${error.message}.` };
  }
  if (/establishing an SSL connection/.test(error.message)) {
    const place = `${access.host}:${access.port}`;
    const detail = `What answers at ${place} is no PostgreSQL. Look at host and port.`;
    return { kind: "rejected", detail };
  }
  if (isSocketCode(code) || LOST.test(error.message)) {
    return { kind: "unreachable", detail: `The connection to ${placeOf(access)} was lost.` };
  }
  return null;
}

const LOST =
  /connection terminated|not queryable|read timeout|timeout expired|timeout exceeded|client was closed|unexpectedly ended|socket hang up/i;

function isSocketCode(code: string): boolean {
  return /^E(CONN|TIMEDOUT|HOST|NET|PIPE|PROTO|AI_)/.test(code) || code.startsWith("ERR_SSL");
}

function placeOf(access: Access): string {
  return `The database ${access.database} at ${access.host}:${access.port}`;
}
