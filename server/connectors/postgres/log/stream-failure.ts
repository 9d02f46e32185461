import pg from "pg";
import { FailureError } from "../../../core/run/failure.ts";
import { placeLost } from "../../place-lost.ts";

/** What the server says about a slot or its log, as a failure; null for anything else. */
export function streamFailure(error: unknown, slot: string): FailureError | null {
  // A query of ours has its failure already; what the server said is its cause.
  const cause = error instanceof FailureError ? error.cause : error;
  if (!(cause instanceof pg.DatabaseError)) return null;
  const lost = lossOf(cause, slot);
  if (lost !== null) return placeLost("log", lost);
  const detail = sentenceOf(cause);
  return detail === null ? null : new FailureError({ kind: "rejected", detail }, { cause });
}

/** How versions 14 to 18 say that a slot's log is not there any more. */
const GIVEN_UP =
  /invalidated|WAL segment .* has already been removed|can no longer (get changes|access)|cannot read from logical replication slot/;

function lossOf({ message }: pg.DatabaseError, slot: string): string | null {
  if (/replication slot .* does not exist/.test(message)) return `Slot ${slot} is gone.`;
  if (/publication .* does not exist/.test(message)) return "The source's publication was removed.";
  if (GIVEN_UP.test(message)) return `The source has given up slot ${slot}: ${message}.`;
  return null;
}

function sentenceOf(error: pg.DatabaseError): string | null {
  const { message } = error;
  if (/wal_level/.test(message)) {
    return "The server's log does not carry rows. Set wal_level = logical and restart it.";
  }
  if (error.code === "42501") return rightOf(message);
  return null;
}

function rightOf(message: string): string {
  if (/must be owner/.test(message)) {
    return `Only the owner of a table may let its changes be read: ${message}.`;
  }
  if (/permission denied for database/.test(message)) {
    return "The user may not make a publication. Grant it: grant create on database … to ….";
  }
  if (/replication|walsender/i.test(message)) {
    return "The user may not read the log. Grant it: alter role … with replication.";
  }
  return `The user lacks a right: ${message}.`;
}
