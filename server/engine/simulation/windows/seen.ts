import type { playWorld } from "../play-world.ts";

export type Result = Awaited<ReturnType<typeof playWorld>>;

/** Worlds begin at noon. */
const BEGUN_MS = Date.UTC(2026, 2, 1, 12);

/** An edit of a world, by the value that it alone set. */
export type Edit = { readonly atMs: number; readonly value: string };

/** How long after it was made each edit was taken by the hub; null: it never was. */
export function delaysOf(result: Result, edits: readonly Edit[]): (number | null)[] {
  return edits.map(({ atMs, value }) => {
    const line = result.audit.find(({ kind, after }) => kind === "accepted" && after === value);
    return line === undefined ? null : Date.parse(line.at) - BEGUN_MS - atMs;
  });
}

/** "0.5 to 4.5 s", or what else it came to. */
export function rangeOf(delays: readonly (number | null)[]): string {
  const seen = delays.filter((one) => one !== null);
  const never = delays.length - seen.length;
  const range = [Math.min(...seen), Math.max(...seen)].map(secondsOf);
  const words = [...new Set(range)].join(" to ");
  const some = seen.length === 0 ? "" : `${words} s`;
  return [some, ...(never === 0 ? [] : [`${never} never`])].filter((one) => one !== "").join(", ");
}

export const secondsOf = (ms: number): string => String(Math.round(ms / 100) / 10);

/** In the order given, one world after the other. */
export async function each(plays: readonly (() => Promise<string>)[]): Promise<string> {
  const told: string[] = [];
  for (const play of plays) told.push(await play());
  return told.join("; ");
}
