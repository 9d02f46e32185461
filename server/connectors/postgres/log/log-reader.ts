import { externalIdOf, keyText } from "../../../core/external-id.ts";
import { LIMITS } from "../../../core/limits.ts";
import type { ObjectSchema } from "../../../core/map/object-schema.ts";
import type { Position } from "../../../core/position.ts";
import type { Columns, ColumnValue } from "../../../core/values/field-value.ts";
import type { Change } from "../../connector.ts";
import { commitTime, type Lsn, lsnOfHalves, positionAt } from "./log-position.ts";
import { type Relation, type RelationMessage, readRelationMessage } from "./relation.ts";
import { type Told, Transaction } from "./transaction.ts";

/** A transaction is told in parts of so many events or bytes, whichever is reached first. */
const PART_EVENTS_MAX = LIMITS.queuedChangesMax / 2;
const PART_BYTES_MAX = 32 * 1024 * 1024;

/** What the reader hands on: a transaction, or a part of one that is too long for memory. */
export type Unit = {
  readonly changes: readonly Change[];
  /** Where reading goes on behind it. */
  readonly end: Position;
  /** The bytes it was made of. */
  readonly bytes: number;
};

/** A relation that is known already, or the promise to find out; then reading has to wait. */
export type RelationOf = (message: RelationMessage) => Relation | Promise<Reshaped>;

/** `schema` is told when the shape is not the one that was told before. */
export type Reshaped = {
  readonly relation: Relation;
  readonly news: { readonly schema: ObjectSchema | null } | null;
};

/**
 * Reads pgoutput messages (protocol 1, text) in place and folds them into units. It keeps at most
 * one part of a transaction.
 */
export class LogReader {
  readonly #relationOf: RelationOf;
  readonly #onUnit: (unit: Unit) => void;
  readonly #relations = new Map<number, Relation>();
  readonly #fullId: (xid: number) => string;
  #transaction: Transaction | null = null;
  #buffer: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(options: {
    relationOf: RelationOf;
    onUnit: (unit: Unit) => void;
    /** Widens a transaction id of 32 bits. */
    fullId: (xid: number) => string;
  }) {
    this.#relationOf = options.relationOf;
    this.#onUnit = options.onUnit;
    this.#fullId = options.fullId;
  }

  /** In the middle of a transaction a keepalive says nothing of what has been read. */
  get isInTransaction(): boolean {
    return this.#transaction !== null;
  }

  /**
   * Reads the message that lies at `start`. A promise means: wait for it before the next one.
   */
  read(buffer: Buffer, start: number, end: number): Promise<void> | null {
    this.#buffer = buffer;
    this.#at = start + 1;
    switch (buffer[start]) {
      case 0x49: // I
        this.#readInsert();
        break;
      case 0x55: // U
        this.#readUpdate();
        break;
      case 0x44: // D
        this.#readDelete();
        break;
      case 0x42: // B
        this.#readBegin();
        return null;
      case 0x43: // C
        this.#readCommit();
        return null;
      case 0x52: // R
        return this.#readRelation();
      case 0x54: // T
        this.#readTruncate();
        break;
      default:
        // Origins, types and messages carry nothing that we need.
        return null;
    }
    this.#count(end - start);
    return null;
  }

  #readBegin(): void {
    const lsn = lsnOfHalves(this.#uint32(), this.#uint32());
    const microseconds = this.#int32() * 0x1_0000_0000 + this.#uint32();
    const id = this.#fullId(this.#uint32());
    this.#transaction = new Transaction(lsn, commitTime(microseconds), id);
  }

  #readCommit(): void {
    const transaction = this.#current();
    // A byte of flags and the place of the commit; then the place behind it.
    this.#at += 9;
    const end: Lsn = lsnOfHalves(this.#uint32(), this.#uint32());
    this.#transaction = null;
    const told = transaction.tellRest();
    this.#onUnit({ changes: told.changes, end: positionAt(end, 0), bytes: transaction.bytes });
  }

  #readRelation(): Promise<void> | null {
    const message = readRelationMessage(this.#buffer, this.#at);
    const relation = this.#relationOf(message);
    if (!(relation instanceof Promise)) {
      this.#relations.set(relation.oid, relation);
      return null;
    }
    return relation.then((reshaped) => {
      this.#relations.set(message.oid, reshaped.relation);
      if (reshaped.news !== null) {
        this.#current().reshape(reshaped.relation, reshaped.news.schema);
      }
    });
  }

  #readInsert(): void {
    const relation = this.#relation();
    this.#at += 1; // N
    const columns = this.#readTuple(relation);
    this.#current().insert(relation, idOf(relation, columns, null), columns);
  }

  #readUpdate(): void {
    const relation = this.#relation();
    const kind = this.#buffer[this.#at];
    this.#at += 1;
    const isOldTold = kind === 0x4b || kind === 0x4f; // K, O
    const old = isOldTold ? this.#readTuple(relation) : null;
    if (isOldTold) this.#at += 1; // N
    const columns = this.#readTuple(relation);
    const id = idOf(relation, columns, old);
    const oldId = old === null ? id : idOf(relation, old, null);
    this.#current().update(relation, id, columns, oldId);
  }

  #readDelete(): void {
    const relation = this.#relation();
    this.#at += 1; // K or O
    this.#current().remove(relation, idOf(relation, this.#readTuple(relation), null));
  }

  #readTruncate(): void {
    const count = this.#int32();
    this.#at += 1; // Options.
    for (let each = 0; each < count; each += 1) {
      const relation = this.#relations.get(this.#uint32());
      if (relation !== undefined) this.#current().empty(relation);
    }
  }

  /** One row. A large value that did not change is left out. */
  #readTuple(relation: Relation): Columns {
    const buffer = this.#buffer;
    const { columns } = relation;
    const row: Record<string, ColumnValue> = {};
    const count = buffer.readUInt16BE(this.#at);
    let at = this.#at + 2;
    for (let place = 0; place < count; place += 1) {
      const column = columns[place];
      const kind = buffer[at];
      at += 1;
      if (kind === 0x74) {
        // t
        const end = at + 4 + buffer.readInt32BE(at);
        if (column !== undefined)
          row[column.name] = column.decode(buffer.toString("utf8", at + 4, end));
        at = end;
      } else if (kind === 0x6e && column !== undefined) {
        // n
        row[column.name] = null;
      }
    }
    this.#at = at;
    return row;
  }

  #count(bytes: number): void {
    const transaction = this.#current();
    transaction.events += 1;
    transaction.bytes += bytes;
    if (transaction.events < PART_EVENTS_MAX && transaction.bytes < PART_BYTES_MAX) return;
    const size = transaction.bytes;
    const told: Told = transaction.tellPart();
    if (told.changes.length === 0) return;
    const end = positionAt(transaction.lsn, told.sequence);
    this.#onUnit({ changes: told.changes, end, bytes: size });
  }

  #relation(): Relation {
    const relation = this.#relations.get(this.#uint32());
    if (relation === undefined) throw new Error("The log tells a row of a table it did not name.");
    return relation;
  }

  #current(): Transaction {
    if (this.#transaction === null) throw new Error("The log tells a row outside a transaction.");
    return this.#transaction;
  }

  #uint32(): number {
    const value = this.#buffer.readUInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  #int32(): number {
    const value = this.#buffer.readInt32BE(this.#at);
    this.#at += 4;
    return value;
  }
}

/** A key's value that was not told anew stands in the old row. */
function idOf(relation: Relation, columns: Columns, old: Columns | null): string {
  const parts: string[] = [];
  for (const place of relation.key) {
    const name = relation.columns[place]?.name ?? "";
    const value = columns[name] ?? old?.[name] ?? null;
    parts.push(keyText(value));
  }
  return externalIdOf(parts);
}
