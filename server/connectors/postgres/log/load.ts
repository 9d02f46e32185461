import type { Position } from "../../../core/position.ts";
import type { Change } from "../../connector.ts";
import type { Table } from "../catalog.ts";
import type { Lease, ResultRow, Server } from "../connection.ts";
import { failureOf } from "../failures.ts";
import { rowOf, selectList } from "../rows.ts";
import { quoteName, quoteText } from "../sql.ts";
import { positionAt } from "./log-position.ts";
import { createLogicalSlot } from "./slot.ts";

const PAGE_ROWS_MAX = 2_000;
const PAGE_ROWS_FIRST = 250;
/** A page of large rows has fewer of them. */
const PAGE_CHARACTERS_MAX = 8 * 1024 * 1024;

export type LoadPage = {
  readonly object: string;
  readonly changes: readonly Change[];
  /** The table has been read to its end. */
  readonly isLast: boolean;
};

/** A consistent moment of a few tables, open for reading while their writers go on. */
export type Load = {
  /** The moment's place in the log. */
  readonly position: Position;
  pages(): AsyncGenerator<LoadPage>;
  close(): Promise<void>;
};

/**
 * Takes a snapshot that fits the log without gap or overlap: the temporary slot names the place
 * in the log at which the snapshot stands.
 */
export async function openLoad(
  server: Server,
  slot: string,
  tables: readonly Table[],
  signal: AbortSignal,
): Promise<Load> {
  const made = await createLogicalSlot(server, quoteName(slot), "EXPORT_SNAPSHOT", signal);
  const position = positionAt(made.lsn, 0);
  const lease = await server.lease();
  try {
    await lease.command(
      // The reading pauses whenever the hub is busy; that is no reason to end it.
      "begin transaction isolation level repeatable read, read only;" +
        "set local idle_in_transaction_session_timeout = 0;" +
        `set transaction snapshot ${quoteText(made.snapshot)}`,
    );
  } catch (error) {
    lease.release(true);
    throw failureOf(error, server.access);
  } finally {
    // The snapshot is ours now; the slot has done its work.
    await made.close();
  }
  let isOpen = true;
  return {
    position,
    pages: () => readPages(server, lease, tables, position),
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      // Whatever is being fetched is not wanted any more.
      lease.release(true);
    },
  };
}

async function* readPages(
  server: Server,
  lease: Lease,
  tables: readonly Table[],
  position: Position,
): AsyncGenerator<LoadPage> {
  try {
    for (const table of tables) yield* readTable(lease, table, position);
  } catch (error) {
    throw failureOf(error, server.access);
  }
}

async function* readTable(
  lease: Lease,
  table: Table,
  position: Position,
): AsyncGenerator<LoadPage> {
  const list = selectList(table, "t");
  await lease.query(
    `declare fieldline_load no scroll cursor for select ${list} from ${table.sqlName} t`,
  );
  let asked = PAGE_ROWS_FIRST;
  let ahead = lease.query(`fetch ${asked} from fieldline_load`);
  for (;;) {
    const rows = await ahead;
    const isLast = rows.length < asked;
    if (!isLast) {
      // The next page is on its way while this one is worked on.
      asked = nextPageRows(rows);
      ahead = lease.query(`fetch ${asked} from fieldline_load`);
      ahead.catch(() => undefined);
    }
    yield {
      object: table.name,
      changes: rows.map((row) => snapshotChange(table, row, position)),
      isLast,
    };
    if (isLast) break;
  }
  await lease.query("close fieldline_load");
}

/** As many rows as fit a page, should they be as large as these. */
function nextPageRows(rows: readonly ResultRow[]): number {
  let characters = 1;
  for (const row of rows) for (const text of row) characters += text?.length ?? 0;
  const fitting = Math.floor((PAGE_CHARACTERS_MAX * rows.length) / characters);
  return Math.max(1, Math.min(PAGE_ROWS_MAX, fitting));
}

function snapshotChange(table: Table, row: readonly (string | null)[], position: Position): Change {
  const { externalId, columns } = rowOf(table, row);
  return {
    kind: "row",
    object: table.name,
    externalId,
    columns,
    operation: "snapshot",
    position,
    at: null,
    transaction: null,
  };
}
