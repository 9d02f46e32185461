import type { ReadSession, Row } from "../../connectors/connector.ts";
import type { SystemId } from "../../core/ids.ts";
import { findUnplaced } from "../../storage/inbox.ts";
import type { EngineContext } from "../context.ts";
import type { Told } from "./told.ts";
import type { ToldLately } from "./told-lately.ts";

/** What the reading of a system without a log works with. */
export type Reading = {
  readonly system: SystemId;
  readonly session: ReadSession;
  /** The bindings that read an object. */
  readonly bindingsOf: (object: string) => readonly string[];
  /** The run of the whole read of an object that is under way, if it has told anything. */
  readonly runOf: (object: string) => string | undefined;
  /** Waits until somebody calls, at most so long. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

export type Found = {
  readonly object: string;
  /** The rows that were asked for, or told. */
  readonly ids: readonly string[];
  /** As they are now: those that are not here are gone. */
  readonly rows: readonly Row[];
  readonly isWhole: boolean;
  /** When the read began, on the engine's own clock, in milliseconds. */
  readonly begunMs: number;
  /** What had been told lately when the read began, where that is a while ago. */
  readonly lately?: ToldLately;
  /** Transactions of ours whose answers are told before. */
  readonly placed?: readonly string[];
};

/**
 * Tells rows as they were found just now. A read that a write of ours may have overlapped cannot be
 * placed: nobody can tell whether it saw that write. It decides nothing (DESIGN.md §6). Nor does
 * one that may show a row as it was before it was told last.
 * @returns the rows that could not be placed: they are to be read once more
 */
export async function tellFound(
  context: EngineContext,
  { system, bindingsOf }: Reading,
  told: Told,
  { object, ids, rows, isWhole, begunMs, placed = [], lately = told.lately }: Found,
): Promise<readonly string[]> {
  // Looked up behind the read: a write that began during it is seen.
  const bindings = bindingsOf(object);
  const asked = { system, object, bindings, externalIds: ids, placed };
  const unplaced = await findUnplaced(context.sql, asked);
  const byId = new Map(rows.map((row) => [row.externalId, row]));
  for (const externalId of ids) {
    const row = byId.get(externalId);
    if (unplaced.has(externalId)) continue;
    if (lately.isPast(object, { externalId, columns: row?.columns ?? null, begunMs })) {
      unplaced.add(externalId);
      continue;
    }
    if (row !== undefined) told.row(object, row, isWhole);
    else if (!isWhole) told.gone(object, externalId);
  }
  return [...unplaced];
}
