import { FailureError } from "../../core/run/failure.ts";
import type { Columns } from "../../core/values/field-value.ts";
import type {
  Capture,
  CaptureStart,
  CheckLine,
  CommonSession,
  LogPlace,
  LogSession,
  Row,
  WriteTransaction,
} from "../connector.ts";
import type { Table } from "./catalog.ts";
import { checkServer } from "./check.ts";
import { measureClock } from "./clock.ts";
import type { Server } from "./connection.ts";
import { isOutdated } from "./failures.ts";
import { openCapture } from "./log/capture.ts";
import { publicationName, slotName } from "./log/names.ts";
import { dropPublication } from "./log/publication.ts";
import { dropSlot, readPlace } from "./log/slot.ts";
import { outcomeOf } from "./outcome.ts";
import { readTables } from "./read-catalog.ts";
import { readAllRows, readByIds, searchAnyRows, searchRows } from "./read-rows.ts";
import { beginWrite } from "./write-transaction.ts";

/** A table's description is read again when it is older than this. */
const TABLE_MS_MAX = 5_000;

/** What a session with one database can do, whether its log is open to us or not. */
export abstract class CommonPostgresSession implements CommonSession {
  readonly isConditional = true;
  protected readonly server: Server;
  readonly #tables = new Map<string, { readonly table: Promise<Table>; readonly since: number }>();

  constructor(server: Server) {
    this.server = server;
  }

  abstract check(): Promise<CheckLine[]>;
  abstract remove(): Promise<void>;

  async discover(): Promise<Table["schema"][]> {
    const tables = await readTables(this.server.query, { schemas: this.server.access.schemas });
    return tables.map((table) => table.schema);
  }

  readByIds(object: string, externalIds: readonly string[]): Promise<Row[]> {
    return this.withTable(object, (table) => readByIds(this.server, table, externalIds));
  }

  search(object: string, match: Columns, countMax: number): Promise<Row[]> {
    return this.withTable(object, (table) => searchRows(this.server, table, match, countMax));
  }

  searchAny(object: string, matches: readonly Columns[], countMax: number): Promise<Row[]> {
    return this.withTable(object, (table) => searchAnyRows(this.server, table, matches, countMax));
  }

  async *readAll(object: string, pageRows: number): AsyncGenerator<Row[]> {
    yield* readAllRows(this.server, await this.keyedTable(object, true), pageRows);
  }

  beginWrite(): Promise<WriteTransaction> {
    return beginWrite(this.server, (object, isFresh) => this.keyedTable(object, isFresh));
  }

  clock(): Promise<{ offsetMs: number; errorMs: number }> {
    return measureClock(this.server);
  }

  async close(): Promise<void> {
    await this.server.close();
  }

  protected async withTable<T>(object: string, work: (table: Table) => Promise<T>): Promise<T> {
    try {
      return await work(await this.keyedTable(object));
    } catch (error) {
      if (!isOutdated(error)) throw error;
      return await work(await this.keyedTable(object, true));
    }
  }

  protected async keyedTable(object: string, isFresh = false): Promise<Table> {
    if (isFresh) this.#tables.delete(object);
    const table = await this.#table(object);
    if (table.key.length > 0) return table;
    const detail = `The rows of ${object} cannot be named. ${table.obstacle ?? ""}`.trim();
    throw new FailureError({ kind: "rejected", detail });
  }

  #table(object: string): Promise<Table> {
    const known = this.#tables.get(object);
    if (known !== undefined && performance.now() - known.since < TABLE_MS_MAX) return known.table;
    const table = this.#readTable(object);
    this.#tables.set(object, { table, since: performance.now() });
    table.catch(() => this.#tables.delete(object));
    return table;
  }

  async #readTable(object: string): Promise<Table> {
    const [table] = await readTables(this.server.query, { names: [object] });
    if (table !== undefined) return table;
    const detail = `There is no table ${object}, or the user may not see its schema.`;
    throw new FailureError({ kind: "rejected", detail });
  }
}

/** The session of one hub with one database, by its log. */
export class PostgresSession extends CommonPostgresSession implements LogSession {
  readonly changes = "log";
  readonly #hub: string;
  readonly #captures = new Set<Capture>();

  constructor(server: Server, hub: string) {
    super(server);
    this.#hub = hub;
  }

  override check(): Promise<CheckLine[]> {
    return checkServer(this.server);
  }

  async capture(start: CaptureStart): Promise<Capture> {
    const capture = await openCapture(this.server, this.#hub, start);
    this.#captures.add(capture);
    return capture;
  }

  place(): Promise<LogPlace> {
    const slot = slotName(this.#hub, this.server.access.database);
    return readPlace(this.server.query, slot);
  }

  outcome(transaction: string): ReturnType<LogSession["outcome"]> {
    return outcomeOf(this.server.query, transaction);
  }

  override async remove(): Promise<void> {
    await this.#closeCaptures();
    await dropSlot(this.server.query, slotName(this.#hub, this.server.access.database));
    await dropPublication(this.server.query, publicationName(this.#hub));
  }

  override async close(): Promise<void> {
    await this.#closeCaptures();
    await super.close();
  }

  async #closeCaptures(): Promise<void> {
    const captures = [...this.#captures];
    this.#captures.clear();
    await Promise.all(captures.map((capture) => capture.close()));
  }
}
