import { setTimeout as pause } from "node:timers/promises";
import type { Sql } from "../../db/client.ts";
import type { Figure } from "../figure.ts";
import type { SandboxStage } from "./sandbox-stage.ts";

/** An idle connection tells the server its counts at the latest after 10 s. */
const FLUSH_MS = 11_000;

/** Counts the rows written to every table of all systems while nobody edits. */
export async function quietFigure(
  name: string,
  { systems }: Pick<SandboxStage, "systems">,
  seconds: number,
): Promise<Figure> {
  const all = Object.entries(systems);
  await pause(FLUSH_MS);
  const before = await Promise.all(all.map(([, sql]) => countWrites(sql)));
  await pause(seconds * 1_000 + FLUSH_MS);
  const after = await Promise.all(all.map(([, sql]) => countWrites(sql)));
  const lines: string[] = [];
  let writes = 0;
  for (const [index, [system]] of all.entries()) {
    for (const [table, count] of after[index] ?? []) {
      const more = count - (before[index]?.get(table) ?? 0);
      writes += more;
      if (more > 0) lines.push(`${more} rows written to ${system} ${table}`);
    }
  }
  const figure = `${writes} rows written in ${Math.round(seconds)} s by anybody to any system`;
  return { name, figure, bar: "0", isMet: writes === 0, lines };
}

async function countWrites(sql: Sql): Promise<Map<string, number>> {
  const rows = await sql<{ name: string; writes: number }[]>`
    select relname as name, (n_tup_ins + n_tup_upd + n_tup_del)::int as writes
    from pg_stat_user_tables`;
  return new Map(rows.map(({ name, writes }) => [name, writes]));
}
