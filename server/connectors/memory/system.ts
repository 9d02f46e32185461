import { assert, present } from "../../core/assert.ts";
import type { ObjectSchema } from "../../core/map/object-schema.ts";
import { FailureError } from "../../core/run/failure.ts";
import type { Columns, ColumnValue } from "../../core/values/field-value.ts";
import type { ReadPace } from "../connector.ts";
import { type MemoryHabits, NO_HABITS } from "./habits.ts";
import type { LogChange } from "./overlay.ts";
import { Past } from "./past.ts";
import { makeTable, type Refused, rowId, type Table } from "./table.ts";
import { type Adjust, MemoryTransaction } from "./transaction.ts";

/**
 * A foreign system that lives in this process: tables with constraints, transactions, a log.
 * It has no clock, no timer and no randomness of its own, so the same calls always have the same
 * results. People edit it by `edit`, `insert` and their like; the engine by its connector.
 */
export type MemorySystemOptions = {
  readonly objects: readonly ObjectSchema[];
  /** The system's own time, ISO 8601 UTC with microseconds. By default one millisecond a commit. */
  readonly now?: () => string;
  /** How it stores what is written differently from how it was sent: cuts, re-cases, rounds. */
  readonly adjust?: Adjust;
  /** Unchanged texts longer than this are left out of an update's news. */
  readonly largeTextMin?: number;
  /**
   * After a reconnect everything that was not acknowledged comes again, whatever was asked for; and
   * so many acknowledged commits before it, as after a crash of a source that keeps its readers'
   * places only now and then.
   */
  readonly redelivers?: number;
  /** It does not remember what became of a transaction. */
  readonly forgetsOutcomes?: boolean;
  /**
   * Each row's write takes effect at once and stands whatever comes after, as at an API that has no
   * transactions. What became of a call, such a system cannot tell.
   */
  readonly writesAtOnce?: boolean;
  /** A transaction that is open for longer is undone by the system itself. */
  readonly transactionMsMax?: number;
  /** So long take its calls that read rows by their ids, search or write, there and back. */
  readonly callMs?: number;
  /** It writes whatever a row has by then: it knows no conditions. */
  readonly isUnconditional?: boolean;
  readonly habits?: MemoryHabits;
  /** It has no log for others: rows are asked for, and written one by one, as at an API. */
  readonly reads?: MemoryReads;
};

/** How a system without a log answers. */
export type MemoryReads = {
  readonly pace: ReadPace;
  /** Its stamps are multiples of so many milliseconds. */
  readonly stampMs: number;
  /** Its clock against the true one. */
  readonly skewMs: number;
  /** Of what has changed it tells only the ids. */
  readonly isThin: boolean;
  /** It takes so many rows a call, and asks for time for the others. */
  readonly callRowsMax: number;
  /** One bad row, and nothing of its call is written. */
  readonly wholeCalls: boolean;
  /** An update replaces the row: what is not sent is erased. */
  readonly replaces: boolean;
  /** Its reads show what it had so long ago. */
  readonly behindMs?: number;
  /** It does not say so. */
  readonly isUndeclared?: boolean;
  /** The answer to a write does not show the row. */
  readonly isSilent: boolean;
};

/** A committed transaction, as the log keeps it. */
export type LogEntry = {
  readonly number: number;
  readonly transaction: string;
  readonly at: string;
  readonly changes: readonly LogChange[];
  /** Made through the connector, not by `edit` and its like. */
  readonly isOurs: boolean;
};

export type Edits = {
  /** Adds a row and gives its id. */
  insert(object: string, columns: Columns): string;
  /** Changes columns of a row, its key too. */
  edit(object: string, id: string, columns: Columns): void;
  remove(object: string, id: string): void;
  /** Removes all rows at once. */
  truncate(object: string): void;
  /** Gives an object another schema; rows keep what they have. */
  reshape(schema: ObjectSchema): void;
};

/** An edit by a person that the system refused, as a database would. */
export class MemoryRefusal extends Error {
  override readonly name = "MemoryRefusal";
  readonly refused: Refused;
  constructor(refused: Refused) {
    super(refused.message);
    this.refused = refused;
  }
}

/** 2026-01-01T00:00:00Z and a millisecond for each commit. */
const EPOCH_MS = Date.UTC(2026, 0, 1);
const FIRST_TRANSACTION = 1_000;
const LARGE_TEXT_MIN = 2_000;

export class MemorySystem {
  readonly options: MemorySystemOptions;
  readonly tables = new Map<string, Table>();
  readonly log: LogEntry[] = [];
  readonly outcomes = new Map<string, "committed" | "aborted" | "running">();
  /** Our reading places, by hub: the number of the first entry that is not acknowledged. */
  readonly slots = new Map<string, number>();
  /** What it had before; kept where its reads show the past. */
  readonly past = new Past();
  /** When each row was changed last, by the system's own clock: "object\nid" → milliseconds. */
  readonly stamps = new Map<string, number>();
  /** Grows whenever every connection is cut; sessions of before are dead. */
  generation = 0;
  /** Open transactions, and when each was begun. */
  readonly #open = new Map<MemoryTransaction, number>();
  /** Edits that wait for a transaction that holds their rows, as a database makes them wait. */
  readonly #waiting: ((edits: Edits) => void)[] = [];
  #transactions = FIRST_TRANSACTION;
  #isDown = false;
  /** Rows that it has said to have written for us. */
  #toldWritten = 0;

  constructor(options: MemorySystemOptions) {
    this.options = options;
    for (const schema of options.objects) this.tables.set(schema.name, makeTable(schema));
  }

  /** The committed row; null when there is none. */
  row(object: string, id: string): Columns | null {
    return this.table(object).rows.get(id) ?? null;
  }

  /** The committed rows by their ids. */
  rows(object: string): ReadonlyMap<string, Columns> {
    return this.table(object).rows;
  }

  table(object: string): Table {
    return present(this.tables.get(object), `The memory system has an object ${object}.`);
  }

  get schemas(): ObjectSchema[] {
    return [...this.tables.values()].map((table) => table.schema);
  }

  /** The number that the next commit gets. */
  get nextNumber(): number {
    return this.log.length + 1;
  }

  now(): string {
    if (this.options.now !== undefined) return this.options.now();
    const time = new Date(EPOCH_MS + this.log.length).toISOString();
    return `${time.slice(0, -1)}000Z`;
  }

  /** Does it tell what became of a transaction whose answer was lost? */
  get knowsOutcomes(): boolean {
    return this.options.forgetsOutcomes !== true && !this.#writesAtOnce;
  }

  get #habits(): MemoryHabits {
    return this.options.habits ?? NO_HABITS;
  }

  get #writesAtOnce(): boolean {
    return this.options.writesAtOnce === true || this.options.reads !== undefined;
  }

  get isConditional(): boolean {
    return this.options.isUnconditional !== true;
  }

  /** What its clock shows, in milliseconds. */
  get clockMs(): number {
    return Date.parse(this.now()) + (this.options.reads?.skewMs ?? 0);
  }

  /**
   * Edits in one transaction. While one of the engine's holds a row of it, it waits for its end.
   * @param lateMs so long ago it was begun: its rows are stamped with that time
   * @returns false when it waits
   * @throws MemoryRefusal when a constraint is broken; nothing of it happens then
   */
  edit(work: (edits: Edits) => void, lateMs = 0): boolean {
    this.expire();
    if (this.#editNow(work, lateMs)) return true;
    this.#waiting.push(work);
    return false;
  }

  /** Cuts every connection, as a crash of either side does: open transactions are undone. */
  cut(): void {
    this.generation += 1;
    for (const transaction of [...this.#open.keys()]) this.abort(transaction);
  }

  /** Nobody reaches it from outside until it is up again; its own people do. */
  goDown(): void {
    this.cut();
    this.#isDown = true;
  }

  comeUp(): void {
    this.#isDown = false;
  }

  /** @throws FailureError while it is down */
  refuseWhenDown(): void {
    if (!this.#isDown) return;
    throw new FailureError({ kind: "unreachable", detail: "The memory system is down." });
  }

  /**
   * Notes all that it has now. Gives the way back, by which it forgets what happened since: its
   * rows and its log are as they were, and the numbers of its log are given anew.
   */
  backUp(): () => void {
    const tables = new Map([...this.tables].map(([name, table]) => [name, copyOf(table)]));
    const { length } = this.log;
    const [slots, stamps, outcomes] = [this.slots, this.stamps, this.outcomes].map(copyOfMap);
    return () => {
      this.cut();
      this.#waiting.length = 0;
      for (const [name, table] of tables) this.tables.set(name, copyOf(table));
      this.log.length = length;
      for (const [now, then] of [
        [this.slots, slots],
        [this.stamps, stamps],
        [this.outcomes, outcomes],
      ] as const) {
        putBack(now as Map<unknown, unknown>, then);
      }
    };
  }

  /** Is the row that it says it writes for us now one that it does not write? */
  isLie(): boolean {
    const { liesEvery } = this.#habits;
    if (liesEvery === 0) return false;
    this.#toldWritten += 1;
    return this.#toldWritten % liesEvery === 0;
  }

  /** A transaction of which nothing comes. */
  pretend(): MemoryTransaction {
    return this.#newTransaction();
  }

  begin(): MemoryTransaction {
    this.expire();
    const transaction = this.#newTransaction();
    this.#open.set(transaction, Date.parse(this.now()));
    return transaction;
  }

  /** Undoes what has been open for too long. */
  expire(): void {
    const { transactionMsMax } = this.options;
    if (transactionMsMax === undefined || this.#open.size === 0) return;
    const until = Date.parse(this.now()) - transactionMsMax;
    for (const [transaction, begun] of [...this.#open]) {
      if (begun < until) this.abort(transaction);
    }
  }

  /** Makes what the engine has written until now stand, where writes take effect at once. */
  writeThrough(transaction: MemoryTransaction): void {
    if (!this.#writesAtOnce) return;
    this.#append(transaction, true);
    transaction.forget();
  }

  commit(transaction: MemoryTransaction): void {
    this.#end(transaction, "committed");
    this.#append(transaction, true);
    this.#resume();
  }

  abort(transaction: MemoryTransaction): void {
    if (transaction.isOver) return;
    this.#end(transaction, "aborted");
    this.#resume();
  }

  /** Another open transaction that stands in the way of writing this row, or of its new key. */
  isHeld(by: MemoryTransaction, object: string, id: string | null, row: Columns): boolean {
    this.expire();
    const { schema } = this.table(object);
    const before = id === null ? {} : (by.row(object, id) ?? {});
    const ids = [id ?? "", rowId(schema, { ...before, ...row })];
    return [...this.#open.keys()].some(
      (other) =>
        other !== by &&
        (ids.some((one) => other.holdsRow(object, one)) || other.holdsUnique(object, row)),
    );
  }

  /** @returns false when a row of it is held by an open transaction: nothing has happened then */
  #editNow(work: (edits: Edits) => void, lateMs = 0): boolean {
    const transaction = this.#newTransaction();
    work(editsOf(transaction));
    if ([...this.#open.keys()].some((other) => other.isInTheWayOf(transaction))) {
      this.outcomes.set(transaction.id, "aborted");
      return false;
    }
    this.outcomes.set(transaction.id, "committed");
    this.#append(transaction, false, lateMs);
    return true;
  }

  #newTransaction(): MemoryTransaction {
    this.#transactions += 1;
    const id = String(this.#transactions);
    this.outcomes.set(id, "running");
    const { adjust = keep } = this.options;
    const now = () => this.now();
    return new MemoryTransaction(id, this.tables, { adjust, habits: this.#habits, now });
  }

  #end(transaction: MemoryTransaction, outcome: "committed" | "aborted"): void {
    assert(!transaction.isOver, "A transaction ends once.");
    transaction.isOver = true;
    this.#open.delete(transaction);
    this.outcomes.set(transaction.id, outcome);
  }

  #append(transaction: MemoryTransaction, isOurs: boolean, lateMs = 0): void {
    const min = this.options.largeTextMin ?? LARGE_TEXT_MIN;
    const isLarge = (value: ColumnValue) => typeof value === "string" && value.length > min;
    const changes = transaction.apply(isLarge);
    if (changes.length === 0) return;
    const { id } = transaction;
    this.#stamp(changes, this.clockMs - lateMs);
    if (this.options.reads?.behindMs !== undefined) {
      this.past.note(Date.parse(this.now()), this.tables, this.stamps);
    }
    this.log.push({
      number: this.nextNumber,
      transaction: id,
      at: this.now(),
      changes,
      isOurs,
    });
  }

  #stamp(changes: readonly LogChange[], atMs: number): void {
    const { reads } = this.options;
    if (reads === undefined) return;
    const stamp = Math.floor(atMs / reads.stampMs) * reads.stampMs;
    for (const change of changes) {
      if (change.kind === "row") this.stamps.set(`${change.object}\n${change.externalId}`, stamp);
    }
  }

  #resume(): void {
    for (const work of this.#waiting.splice(0)) {
      try {
        if (!this.#editNow(work)) this.#waiting.push(work);
      } catch (error) {
        // The person who waited is told, as a database would; nobody else is.
        if (!(error instanceof MemoryRefusal)) throw error;
      }
    }
  }
}

const copyOf = (table: Table): Table => ({
  ...table,
  rows: new Map(table.rows),
  holders: new Map([...table.holders].map(([name, ids]) => [name, new Map(ids)])),
});

const copyOfMap = (map: ReadonlyMap<unknown, unknown>) => new Map(map);

function putBack(now: Map<unknown, unknown>, then: ReadonlyMap<unknown, unknown> = new Map()) {
  now.clear();
  for (const [key, value] of then) now.set(key, value);
}

function keep(_object: string, columns: Columns): Columns {
  return columns;
}

function editsOf(transaction: MemoryTransaction): Edits {
  const done = (result: { id: string } | Refused): string => {
    if ("status" in result) throw new MemoryRefusal(result);
    return result.id;
  };
  return {
    insert: (object, columns) => done(transaction.insert(object, columns)),
    edit: (object, id, columns) => {
      done(transaction.update(object, id, columns));
    },
    remove: (object, id) => {
      transaction.remove(object, id);
    },
    truncate: (object) => transaction.empty(object),
    reshape: (schema) => transaction.reshape(schema),
  };
}
