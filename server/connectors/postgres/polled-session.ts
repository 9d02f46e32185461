import { keyPartsOf } from "../../core/external-id.ts";
import type { Columns } from "../../core/values/field-value.ts";
import type { ChangedRows, CheckLine, ReadPace, ReadSession, Row } from "../connector.ts";
import {
  cursorBehind,
  readCursor,
  type StampedCursor,
  type StampedRow,
  writeCursor,
} from "../stamped-cursor.ts";
import type { Column, Table } from "./catalog.ts";
import { checkServer } from "./check.ts";
import type { Server } from "./connection.ts";
import type { Polling } from "./polled-settings.ts";
import { rowOf, selectList } from "./rows.ts";
import { CommonPostgresSession } from "./session.ts";

/** Stamps are told in microseconds, as the database keeps them. */
const UNITS_PER_MS = 1_000;

/**
 * The session of one hub with a database whose log is closed to us: of each table a column says
 * when a row was changed last. Written rows come back with the answer, in one transaction.
 */
export class PolledPostgresSession extends CommonPostgresSession implements ReadSession {
  readonly changes = "reads";
  readonly pace: ReadPace;
  readonly staleMs: number;
  readonly #polling: Polling;

  constructor(server: Server, polling: Polling) {
    super(server);
    this.#polling = polling;
    this.pace = { pollMs: polling.askMs, sweepMs: polling.sweepMs };
    this.staleMs = polling.staleMs;
  }

  override check(): Promise<CheckLine[]> {
    return checkServer(this.server, false);
  }

  override async discover(): Promise<Table["schema"][]> {
    const { madeAt } = this.#polling;
    const schemas = await super.discover();
    if (madeAt === null) return schemas;
    return schemas.map((schema) =>
      schema.columns.some(({ name }) => name === madeAt) ? { ...schema, madeAt } : schema,
    );
  }

  async changed(object: string, cursor: string | null, countMax: number): Promise<ChangedRows> {
    const nothing = { rows: [], hints: [], more: false };
    if (cursor === null) return { ...nothing, cursor: await this.#now() };
    return await this.withTable(object, async (table) => {
      const stamp = this.#stampOf(table);
      if (stamp === undefined) return { ...nothing, cursor };
      const place = readCursor(cursor);
      const page = await this.#read(table, stamp, place, countMax);
      const isLast = page.length < countMax;
      const overlap = this.#polling.lateMs * UNITS_PER_MS;
      return {
        rows: page.map(({ row }) => row),
        hints: [],
        cursor: writeCursor(cursorBehind(place, page, { isLast, overlap })),
        more: !isLast,
      };
    });
  }

  override async readByIds(object: string, externalIds: readonly string[]): Promise<Row[]> {
    const rows = await super.readByIds(object, externalIds);
    return rows.map((row) => this.#stamped(row));
  }

  override async *readAll(object: string, pageRows: number): AsyncGenerator<Row[]> {
    for await (const page of super.readAll(object, pageRows)) {
      yield page.map((row) => this.#stamped(row));
    }
  }

  /** Nothing is made in the database. */
  override remove(): Promise<void> {
    return Promise.resolve();
  }

  /** From now on, and what is being committed at this moment. */
  async #now(): Promise<string> {
    const [[now] = []] = await this.server.query(
      "select (extract(epoch from clock_timestamp()) * 1000000)::bigint",
    );
    const from = Number(now) - this.#polling.lateMs * UNITS_PER_MS;
    return writeCursor({ from, after: null });
  }

  #stampOf(table: Table): Column | undefined {
    const column = table.columnByName.get(this.#polling.changedAt);
    return column !== undefined && column.codec.type === "instant" ? column : undefined;
  }

  async #read(
    table: Table,
    stamp: Column,
    { from, after }: StampedCursor,
    countMax: number,
  ): Promise<(StampedRow & { readonly row: Row })[]> {
    const name = `t.${stamp.sqlName}`;
    const at = (place: number) =>
      `('epoch'::${stamp.codec.cast} + $${place}::bigint * interval '1 microsecond')`;
    const key = table.key.map((column) => `t.${column.sqlName}`);
    const parts = after === null ? [] : (keyPartsOf(after.id, table.key.length) ?? []);
    const casts = table.key.map((column, place) => `$${place + 2}::text::${column.codec.cast}`);
    const isAhead =
      after === null
        ? `${name} >= ${at(1)}`
        : `(${[name, ...key].join(", ")}) > (${[at(1), ...casts].join(", ")})`;
    const rows = await this.server.query(
      `select (extract(epoch from ${name}) * 1000000)::bigint, ${selectList(table, "t")} ` +
        `from ${table.sqlName} t where ${isAhead} ` +
        `order by ${[name, ...key].join(", ")} limit ${Math.max(0, Math.trunc(countMax))}`,
      [String(after === null ? from : after.stamp), ...parts],
    );
    return rows.map((result) => {
      const row = this.#stamped(rowOf(table, result, 1));
      return { row, id: row.externalId, stamp: Number(result[0]) };
    });
  }

  #stamped(row: Row): Row {
    return { ...row, at: instantIn(row.columns, this.#polling.changedAt) };
  }
}

/** An instant as the codec spells it; null where the row has none, or one without a zone. */
function instantIn(columns: Columns, name: string): string | null {
  const value = columns[name];
  return typeof value === "string" && value.endsWith("Z") ? value : null;
}
