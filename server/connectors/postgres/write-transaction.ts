import pg from "pg";
import { present } from "../../core/assert.ts";
import { LIMITS } from "../../core/limits.ts";
import { FailureError } from "../../core/run/failure.ts";
import type { RowResult, RowWrite, WriteTransaction } from "../connector.ts";
import type { Table } from "./catalog.ts";
import { isConnectionLost, type Lease, type ResultRow, type Server } from "./connection.ts";
import { failureOf, isOutdated } from "./failures.ts";
import { isForAllRows, refusalOf } from "./refusal.ts";
import { rowOf } from "./rows.ts";
import { groupWrites } from "./write-groups.ts";
import {
  type GroupMember,
  lockStatement,
  lookStatement,
  type WriteGroup,
  writeStatement,
} from "./write-statements.ts";
import { untangle } from "./write-swaps.ts";

/** A user's lock in the target is waited for so long; the row is busy then. */
const LOCK_MS_MAX = LIMITS.callTimeoutMs / 8;

/** A table's description; `isFresh`: read anew, because the known one does not fit any more. */
export type TableOf = (object: string, isFresh?: boolean) => Promise<Table>;

/**
 * Begins a transaction and asks for its id, so that it is known before anything is written.
 * Constraints that could wait for the commit are tested at once: their row is known then.
 */
export async function beginWrite(server: Server, tableOf: TableOf): Promise<WriteTransaction> {
  const lease = await server.lease();
  try {
    const [, rows] = await Promise.all([
      lease.command(
        `begin; set constraints all immediate; set local lock_timeout = ${LOCK_MS_MAX}; ` +
          "savepoint fieldline",
      ),
      lease.query("select pg_current_xact_id()"),
    ]);
    const id = present(rows[0]?.[0], "A transaction that writes has an id.");
    return new PostgresWrite(server, lease, tableOf, id);
  } catch (error) {
    lease.release(true);
    throw failureOf(error, server.access);
  }
}

class PostgresWrite implements WriteTransaction {
  readonly transaction: string;
  readonly #server: Server;
  readonly #lease: Lease;
  readonly #tableOf: TableOf;
  #isOver = false;
  /** Something was written since the savepoint. */
  #isUnsaved = false;
  /** The table was described anew in this call, so its description is not to blame any more. */
  #isFresh = false;
  #until = Number.POSITIVE_INFINITY;

  constructor(server: Server, lease: Lease, tableOf: TableOf, transaction: string) {
    this.#server = server;
    this.#lease = lease;
    this.#tableOf = tableOf;
    this.transaction = transaction;
  }

  async write(object: string, rows: readonly RowWrite[]): Promise<RowResult[]> {
    this.#until = performance.now() + LIMITS.callTimeoutMs;
    this.#isFresh = false;
    try {
      const results = new Map<number, RowResult>();
      try {
        await this.#writeRows(await this.#tableOf(object), rows, results);
      } catch (error) {
        if (!isOutdated(error)) throw error;
        // The table has another shape by now: what is not written yet is tried once more.
        await this.#lease.forgetPlans();
        this.#isFresh = true;
        await this.#writeRows(await this.#tableOf(object, true), rows, results);
      }
      return rows.map((_, place) => present(results.get(place), "Every row has its result."));
    } catch (error) {
      this.#end(true);
      throw failureOf(error, this.#server.access);
    }
  }

  async commit(): Promise<void> {
    try {
      const tag = await this.#lease.command("commit");
      if (tag === "COMMIT") return this.#end(false);
      const detail = "The target undid the transaction instead of committing it.";
      throw new FailureError({ kind: "rejected", detail });
    } catch (error) {
      this.#end(true);
      throw failureOf(error, this.#server.access);
    }
  }

  async abort(): Promise<void> {
    if (this.#isOver) return;
    try {
      await this.#lease.command("rollback");
      this.#end(false);
    } catch {
      // A connection that is closed ends its transaction as well.
      this.#end(true);
    }
  }

  #end(isBroken: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#lease.release(isBroken);
  }

  async #writeRows(
    table: Table,
    rows: readonly RowWrite[],
    results: Map<number, RowResult>,
  ): Promise<void> {
    const { groups, unsent } = groupWrites(table, rows, (place) => !results.has(place));
    if (unsent.length > 0 && !this.#isFresh) {
      // A column that is missing in the description may be in the table by now.
      this.#isFresh = true;
      await this.#writeRows(await this.#tableOf(table.name, true), rows, results);
      return;
    }
    for (const { place, result } of unsent) results.set(place, result);
    for (const group of groups) await this.#writeGroup(table, group, group.members, results);
    await untangle(table, groups, results, {
      alone: (group, member) => this.#writeGroup(table, group, [member], results),
      together: (work) => this.#together(work),
      query: (text, values) => this.#lease.query(text, values),
    });
  }

  /**
   * Writes members in one statement. When that fails for a row, nothing of the statement stands:
   * the halves are written for themselves, down to the rows that are at fault.
   */
  async #writeGroup(
    table: Table,
    group: WriteGroup,
    members: readonly GroupMember[],
    results: Map<number, RowResult>,
  ): Promise<void> {
    const error = await this.#tryGroup(table, group, members, results);
    if (error === null) return;
    if (isLock(error)) return this.#writeUnlocked(table, group, members, results);
    if (!this.#isFresh && isOutdated(error)) throw error;
    if (members.length === 1 || isForAllRows(error)) {
      for (const member of members) results.set(member.place, refusedOrThrow(error, table, member));
      return;
    }
    if (refusalOf(error, table, {}) === null) throw error;
    if (performance.now() > this.#until) throw tooManyRefusals();
    const middle = Math.ceil(members.length / 2);
    await this.#writeGroup(table, group, members.slice(0, middle), results);
    await this.#writeGroup(table, group, members.slice(middle), results);
  }

  /** Does all of it, or leaves everything as it was. */
  async #together(work: () => Promise<void>): Promise<void> {
    this.#save();
    try {
      await work();
      this.#isUnsaved = true;
    } catch (error) {
      if (isConnectionLost(error)) throw error;
      await this.#lease.command("rollback to savepoint fieldline");
    }
  }

  /** What was written up to now stands, whatever becomes of the next statement. */
  #save(): void {
    if (!this.#isUnsaved) return;
    this.#isUnsaved = false;
    // Sent ahead of the statement without waiting for it: should it fail, so will the statement.
    this.#lease.command("release savepoint fieldline; savepoint fieldline").catch(() => undefined);
  }

  /** Gives the server's error after undoing the statement, or null when the results are there. */
  async #tryGroup(
    table: Table,
    group: WriteGroup,
    members: readonly GroupMember[],
    results: Map<number, RowResult>,
  ): Promise<unknown> {
    const { text, values } = writeStatement(table, group, members);
    this.#save();
    try {
      const rows = await this.#lease.queryPrepared(text, values);
      if (group.operation !== "create") {
        await this.#settle(table, group, members, rows, results);
      } else if (rows.length === members.length) {
        members.forEach((member, place) => {
          results.set(member.place, written(table, rows[place] ?? []));
        });
      } else if (members.length === 1) {
        results.set(members[0]?.place ?? 0, DROPPED);
      } else {
        // A trigger dropped a row: which one, single inserts will tell.
        await this.#lease.command("rollback to savepoint fieldline");
        for (const member of members) await this.#writeGroup(table, group, [member], results);
        return null;
      }
      this.#isUnsaved = true;
      return null;
    } catch (error) {
      if (isConnectionLost(error)) throw error;
      await this.#lease.command("rollback to savepoint fieldline");
      return error;
    }
  }

  async #settle(
    table: Table,
    group: WriteGroup,
    members: readonly GroupMember[],
    rows: readonly ResultRow[],
    results: Map<number, RowResult>,
  ): Promise<void> {
    for (const row of rows) {
      const member = members[Number(row[0]) - 1];
      if (member !== undefined) results.set(member.place, written(table, row));
    }
    const left = members.filter((member) => !results.has(member.place));
    if (left.length === 0) return;
    const { text, values } = lookStatement(table, group, left);
    const found = new Map<GroupMember | undefined, boolean>();
    for (const [number, holds] of await this.#lease.queryPrepared(text, values)) {
      found.set(left[Number(number) - 1], holds === "t");
    }
    for (const member of left) results.set(member.place, unwritten(found.get(member)));
  }

  /** Somebody holds a row: the others are written, that one is busy. */
  async #writeUnlocked(
    table: Table,
    group: WriteGroup,
    members: readonly GroupMember[],
    results: Map<number, RowResult>,
  ): Promise<void> {
    if (group.operation === "create") {
      // Its unique value may be about to be taken by the one who holds the lock.
      for (const member of members) results.set(member.place, { status: "busy" });
      return;
    }
    const look = lookStatement(table, group, members);
    const lock = lockStatement(table, members);
    const existing = numbersOf(await this.#lease.query(look.text, look.values));
    const free = numbersOf(await this.#lease.query(lock.text, lock.values));
    const busy = members.filter((_, at) => existing.has(at + 1) && !free.has(at + 1));
    // Not a row's lock: a lock of the table, or of what a trigger writes.
    const held = busy.length === 0 ? members : busy;
    for (const member of held) results.set(member.place, { status: "busy" });
    const others = members.filter((member) => !results.has(member.place));
    if (others.length > 0) await this.#writeGroup(table, group, others, results);
  }
}

function tooManyRefusals(): FailureError {
  const detail = "The target refuses so many rows that finding them takes too long.";
  return new FailureError({ kind: "unreachable", detail });
}

const LOCK_CODES = ["55P03", "40P01"];

function isLock(error: unknown): boolean {
  return error instanceof pg.DatabaseError && LOCK_CODES.includes(error.code ?? "");
}

function numbersOf(rows: readonly ResultRow[]): Set<number> {
  return new Set(rows.map((row) => Number(row[0])));
}

const DROPPED: RowResult = {
  status: "refused",
  code: "other",
  column: null,
  message: "A trigger or rule of the table dropped the row without an error.",
};

/** `holds`: whether the row that was not written meets the condition; undefined: there is none. */
function unwritten(holds: boolean | undefined): RowResult {
  if (holds === undefined) return { status: "missing" };
  return holds ? DROPPED : { status: "changed" };
}

function written(table: Table, row: ResultRow): RowResult {
  return { status: "written", ...rowOf(table, row, 1) };
}

function refusedOrThrow(error: unknown, table: Table, member: GroupMember): RowResult {
  const refused = refusalOf(error, table, member.columns);
  if (refused === null) throw error;
  return refused;
}
