import { z } from "zod";
import type { Connection } from "../../db/client.ts";
import { readSetting } from "./hub-settings.ts";

/**
 * An edge that was taken from the suggestions and that nobody has confirmed yet. It is a note
 * beside the map: no part of its meaning or of a version. It is about this column and this field:
 * an edge that leads elsewhere by now is somebody's own.
 */
export const TakenSuggestion = z.object({
  binding: z.string().max(100),
  edge: z.string().max(100),
  column: z.string().max(500),
  field: z.string().max(100),
  score: z.number().min(0).max(1),
  reason: z.string().max(2_000),
});
export type TakenSuggestion = z.infer<typeof TakenSuggestion>;

/** One row of the settings has them all, by "binding/edge". */
const KEY = "suggestions-taken";

export async function readTaken(sql: Connection): Promise<TakenSuggestion[]> {
  const kept = z.record(z.string(), TakenSuggestion).safeParse(await readSetting(sql, KEY));
  return kept.success ? Object.values(kept.data) : [];
}

export async function noteTaken(sql: Connection, taken: readonly TakenSuggestion[]): Promise<void> {
  const notes = Object.fromEntries(taken.map((one) => [keyOf(one), one]));
  await sql`
    insert into hub_settings (key, value) values (${KEY}, ${JSON.stringify(notes)}::text::jsonb)
    on conflict (key) do update set value = hub_settings.value || excluded.value`;
}

/** Somebody has looked at these edges and stands for them. */
export async function confirmTaken(
  sql: Connection,
  edges: readonly Pick<TakenSuggestion, "binding" | "edge">[],
): Promise<void> {
  await sql`
    update hub_settings set value = value - ${edges.map(keyOf)}::text[] where key = ${KEY}`;
}

function keyOf({ binding, edge }: Pick<TakenSuggestion, "binding" | "edge">): string {
  return `${binding}/${edge}`;
}
