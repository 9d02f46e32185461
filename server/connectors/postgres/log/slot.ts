import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { LIMITS } from "../../../core/limits.ts";
import type { Position } from "../../../core/position.ts";
import { FailureError } from "../../../core/run/failure.ts";
import type { LogPlace } from "../../connector.ts";
import { placeLost, sourceRestored } from "../../place-lost.ts";
import type { Query, Server } from "../connection.ts";
import { failureOf } from "../failures.ts";
import { quoteName } from "../sql.ts";
import { type Lsn, lsnOf, lsnOfPosition, positionAt } from "./log-position.ts";
import { connectReplication } from "./log-stream.ts";

/** How long an active slot may take to be given up by whoever reads it. */
const TAKEOVER_MS_MAX = 5_000;
const TAKEOVER_STEP_MS = 50;

type SlotRow = {
  readonly slot_type: string;
  readonly plugin: string;
  readonly active_pid: number | null;
  readonly confirmed_flush_lsn: string | null;
  readonly wal_status: string | null;
  /** From PostgreSQL 16 and 17 on. */
  readonly conflicting?: boolean | null;
  readonly invalidation_reason?: string | null;
};

/**
 * Makes sure that the slot stands where the hub has to go on.
 * @param start `from`: where the hub has to go on, null for anywhere; `isNew`: the publication is
 *   younger than any slot of ours, so none can be read with it
 * @returns the place from which the stream is to be read.
 * @throws FailureError (place-lost), or (rejected) when the source itself went back.
 */
export async function prepareSlot(
  server: Server,
  slot: string,
  { from, isNew }: { readonly from: Position | null; readonly isNew: boolean },
): Promise<Lsn> {
  if (from !== null) await refuseShorterLog(server.query, from);
  const found = await readSlot(server.query, slot);
  const lost = found === null ? `Slot ${slot} is gone` : lossOf(slot, found);
  if (from === null) {
    if (lost === null && found !== null && !isNew) {
      await takeOver(server.query, slot);
      return lsnOf(found.confirmed_flush_lsn ?? "0/0");
    }
    if (found !== null) await dropSlot(server.query, slot);
    return createSlot(server, slot);
  }
  if (lost !== null) throw placeLost("log", `${lost}.`);
  // A slot tells nothing before its own place, and only the hub's commits have moved it.
  if (lsnOf(found?.confirmed_flush_lsn ?? "0/0") > lsnOfPosition(from)) throw hubBehind(slot);
  await takeOver(server.query, slot);
  return lsnOfPosition(from);
}

/** A log that is shorter than what we have read of it is another one. */
async function refuseShorterLog(query: Query, from: Position): Promise<void> {
  if ((await endOfLog(query)) < lsnOfPosition(from)) throw sourceRestored();
}

function hubBehind(slot: string): FailureError {
  return placeLost(
    "hub",
    `The hub has told slot ${slot} of more than it knows itself: it was restored from an older ` +
      "state.",
  );
}

/** What the server knows of our place in its log. */
export async function readPlace(query: Query, slot: string): Promise<LogPlace> {
  const lsn = (await readSlot(query, slot))?.confirmed_flush_lsn ?? null;
  const kept = lsn === null ? null : positionAt(lsnOf(lsn), 0);
  return { kept, end: positionAt(await endOfLog(query), 0) };
}

async function endOfLog(query: Query): Promise<Lsn> {
  const [[end] = []] = await query("select pg_current_wal_flush_lsn()");
  return lsnOf(end ?? "0/0");
}

function lossOf(slot: string, row: SlotRow): string | null {
  if (row.slot_type !== "logical" || row.plugin !== "pgoutput") {
    return `Slot ${slot} is not one of ours`;
  }
  const reason = row.invalidation_reason ?? null;
  if (row.wal_status === "lost" || row.conflicting === true || reason !== null) {
    const because = reason === null ? "" : ` (${reason})`;
    return `The source has given up slot ${slot}${because}, because it fell too far behind`;
  }
  return null;
}

async function readSlot(query: Query, slot: string): Promise<SlotRow | null> {
  const [row] = await query(
    "select to_jsonb(s)::text from pg_replication_slots s where slot_name = $1",
    [slot],
  );
  return row === undefined ? null : (JSON.parse(row[0] ?? "null") as SlotRow);
}

/** Ends a reader that holds the slot: it is one of this hub that has lost its lease, or is dead. */
async function takeOver(query: Query, slot: string): Promise<void> {
  const steps = TAKEOVER_MS_MAX / TAKEOVER_STEP_MS;
  for (let step = 0; step < steps; step += 1) {
    const row = await readSlot(query, slot);
    if (row === null || row.active_pid === null) return;
    await query("select pg_terminate_backend($1)", [row.active_pid]);
    await delay(TAKEOVER_STEP_MS);
  }
  const detail = `Slot ${slot} is being read by somebody else.`;
  throw new FailureError({ kind: "throttled", detail, retryAfterMs: TAKEOVER_MS_MAX });
}

/** Removes the slot, whoever reads it. */
export async function dropSlot(query: Query, slot: string): Promise<void> {
  await takeOver(query, slot);
  await query(
    `select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1`,
    [slot],
  );
}

/** The stream waits for its slot, so this may not take long. */
async function createSlot(server: Server, slot: string): Promise<Lsn> {
  const late = AbortSignal.timeout(LIMITS.callTimeoutMs);
  try {
    const made = await createLogicalSlot(server, quoteName(slot), "NOEXPORT_SNAPSHOT", late);
    await made.close();
    return made.lsn;
  } catch (error) {
    if (!late.aborted) throw error;
    const detail =
      "The source did not start its log in time: a transaction that has been writing for long " +
      "has to end first.";
    throw new FailureError({ kind: "unreachable", detail }, { cause: error });
  }
}

export type MadeSlot = {
  /** Commits before it are in the snapshot; those from it on are in the stream. */
  readonly lsn: Lsn;
  readonly snapshot: string;
  /** Ends the connection; a temporary slot goes with it. */
  close(): Promise<void>;
};

/**
 * Creates a slot on a connection of its own; one whose snapshot is exported is temporary.
 * The server waits for every transaction that is writing at this moment, and no time-out of its
 * own ends that wait: `signal` does.
 */
export async function createLogicalSlot(
  server: Server,
  name: string,
  how: "NOEXPORT_SNAPSHOT" | "EXPORT_SNAPSHOT",
  signal: AbortSignal,
): Promise<MadeSlot> {
  const client = await connectReplication(server.access, server.config);
  const cut = (): void => {
    client.connection.stream.destroy();
  };
  signal.addEventListener("abort", cut, { once: true });
  try {
    signal.throwIfAborted();
    const kind = how === "EXPORT_SNAPSHOT" ? "TEMPORARY " : "";
    const made = await client.query<Record<string, string>>(
      `CREATE_REPLICATION_SLOT ${name} ${kind}LOGICAL pgoutput ${how}`,
    );
    const [row] = made.rows;
    return {
      lsn: lsnOf(row?.["consistent_point"] ?? "0/0"),
      snapshot: row?.["snapshot_name"] ?? "",
      close: () => client.end(),
    };
  } catch (error) {
    cut();
    throw slotFailure(error, server);
  } finally {
    signal.removeEventListener("abort", cut);
  }
}

function slotFailure(error: unknown, server: Server): Error {
  if (!(error instanceof pg.DatabaseError)) return failureOf(error, server.access);
  const detail = SLOT_SENTENCES[error.code ?? ""];
  if (detail === undefined) return failureOf(error, server.access);
  return new FailureError({ kind: "rejected", detail }, { cause: error });
}

const SLOT_SENTENCES: Readonly<Record<string, string>> = {
  "55000": "The server's log does not carry rows. Set wal_level = logical and restart it.",
  "53400":
    "All replication slots of the server are taken. Raise max_replication_slots, or remove one.",
  "42501": "The user may not read the log. Grant it: alter role … with replication.",
};
