import { z } from "zod";
import type { Connection, Transaction } from "../../db/client.ts";
import { TakenSuggestion } from "../core/suggest/taken.ts";
import { readSetting, saveSetting } from "./hub-settings.ts";

/** One row of the settings has the notes of all edges. */
const KEY = "suggestions-taken";

/** The notes of edges that were taken from the suggestions; some may be gone from the draft. */
export async function readTaken(sql: Connection): Promise<TakenSuggestion[]> {
  const kept = z.array(TakenSuggestion).safeParse(await readSetting(sql, KEY));
  return kept.success ? kept.data : [];
}

/** Stores all notes as they now are. Call it under `lockMap`. */
export async function saveTaken(tx: Transaction, notes: readonly TakenSuggestion[]): Promise<void> {
  await saveSetting(tx, KEY, notes);
}
