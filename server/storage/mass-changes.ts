import { z } from "zod";
import type { Connection, Transaction } from "../../db/client.ts";
import type { LinkId, QuarantineId, RecordId } from "../core/ids.ts";
import { MASS_KINDS } from "../core/map/mass-words.ts";
import { type MassBegin, type MassPlace, massKey } from "../core/reconcile/mass-guard.ts";
import { MASS_CODES } from "../core/reconcile/mass-held.ts";
import { countRun, finishRun, startRun } from "./runs.ts";

/** A change of many records at once that waits for a person's word. */
const WaitingChange = z.object({
  kind: z.enum(MASS_KINDS),
  field: z.string().nullable(),
  /** Of how many rows it is a share, when it was noticed. */
  total: z.int(),
  /** How many went through before, in the same window. */
  passed: z.int(),
  /** When the first that waits happened in its source, ISO 8601 UTC. */
  since: z.string(),
  /** Who told it: events of the source, or a whole read that did not find the rows. */
  told: z.enum(["events", "read"]),
});
export type WaitingChange = z.infer<typeof WaitingChange>;

/** Reads what a waiting run asks; null where its detail is words. */
export function readWaitingChange(detail: string | null): WaitingChange | null {
  try {
    return WaitingChange.parse(JSON.parse(detail ?? ""));
  } catch {
    return null;
  }
}

export type WaitingRun = {
  readonly binding: string | null;
  readonly state: string;
  /** Null when it waits no more. */
  readonly change: WaitingChange | null;
};

/** A run of this kind, held until the transaction ends; null where there is none of this id. */
export async function lockWaitingRun(tx: Transaction, id: string): Promise<WaitingRun | null> {
  const [row] = await tx<{ binding: string | null; state: string; detail: string | null }[]>`
    select binding, state, detail from runs where id = ${id} and kind = 'mass-change' for update`;
  if (row === undefined) return null;
  const { binding, state, detail } = row;
  return { binding, state, change: state === "waiting" ? readWaitingChange(detail) : null };
}

/** Rows that a batch let wait. */
export type MassAsked = MassBegin & {
  readonly place: MassPlace;
  /** How many more wait by it. */
  readonly held: number;
  readonly told: WaitingChange["told"];
};

export type Asking = {
  readonly system: string;
  readonly mapVersion: number;
  readonly engine: string;
  readonly now: string;
  readonly newId: () => string;
};

/** One question for each place, however many rows wait there and however often more come. */
export async function askMassChanges(
  sql: Connection,
  asked: readonly MassAsked[],
  { system, mapVersion, engine, now, newId }: Asking,
): Promise<void> {
  const open = await openRuns(sql, system);
  for (const { place, held, told, ...begin } of asked) {
    const { binding, kind, field } = place;
    const known = open.get(massKey(place));
    if (known !== undefined) {
      if (held > 0) await countRun(sql, known, { quarantined: held }, now);
      continue;
    }
    // Somebody may have answered meanwhile, and nothing waits any more.
    if (held === 0 && (await countWaiting(sql, place)) === 0) continue;
    const id = newId();
    const detail = JSON.stringify({ kind, field, ...begin, told } satisfies WaitingChange);
    const run = { id, kind: "mass-change", state: "waiting", system, binding } as const;
    await startRun(sql, { ...run, mapVersion, engine, now, detail });
    if (held > 0) await countRun(sql, id, { quarantined: held }, now);
  }
}

/** Open questions of a system, by `massKey`. */
async function openRuns(sql: Connection, system: string): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; binding: string; detail: string | null }[]>`
    select id, binding, detail from runs
    where system = ${system} and kind = 'mass-change' and state = 'waiting' order by id`;
  return new Map(
    rows.flatMap(({ id, binding, detail }) => {
      const change = readWaitingChange(detail);
      return change === null ? [] : [[massKey({ binding, ...change }), id] as const];
    }),
  );
}

/** Ends the questions of a system of which nothing waits any more: all of it came back. */
export async function endEmptied(sql: Connection, system: string, now: string): Promise<boolean> {
  let ended = false;
  const rows = await sql<{ id: string; binding: string; detail: string | null }[]>`
    select id, binding, detail from runs
    where system = ${system} and kind = 'mass-change' and state = 'waiting'`;
  for (const { id, binding, detail } of rows) {
    const change = readWaitingChange(detail);
    if (change === null || (await countWaiting(sql, { binding, ...change })) > 0) continue;
    await finishRun(sql, id, { state: "cancelled", detail: "None of it waits any more.", now });
    ended = true;
  }
  return ended;
}

/** How many rows or values wait at a place. */
export async function countWaiting(sql: Connection, place: MassPlace): Promise<number> {
  const [row] = await sql<[{ count: number }]>`
    select count(*)::int as count from (${waitingAt(sql, place)}) w`;
  return row.count;
}

/** What waits at a place: the rows' links, or the values. */
function waitingAt(sql: Connection, { binding, kind, field }: MassPlace) {
  if (kind === "gone") {
    return sql`
      select id, record, external_id, null::jsonb as value from links
      where binding = ${binding} and state = 'missing'`;
  }
  return sql`
    select id, record, external_id, value from quarantine
    where binding = ${binding} and state = 'held' and kind = 'value' and field = ${field}
      and code = ${MASS_CODES[kind]}`;
}

export type Waiting = { readonly id: LinkId & QuarantineId; readonly record: RecordId };

/** What waits at a place, in id order after `after`. */
export async function listWaitingAt(
  sql: Connection,
  place: MassPlace,
  page: { readonly after: string | null; readonly countMax: number },
): Promise<Waiting[]> {
  return await sql<Waiting[]>`
    select id, record from (${waitingAt(sql, place)}) w
    where ${page.after}::uuid is null or id > ${page.after}::uuid
    order by id limit ${page.countMax}`;
}

export type WaitingSample = {
  readonly record: RecordId;
  /** The record's name: its entity's title field. */
  readonly title: string | null;
  readonly externalId: string | null;
  /** What the hub has, and what the system says now; missing for a row that is gone. */
  readonly before: unknown;
  readonly after: unknown;
};

/** Some of what waits at a place, with what it was and is. */
export async function sampleWaiting(
  sql: Connection,
  place: MassPlace,
  { title, countMax }: { readonly title: string; readonly countMax: number },
): Promise<WaitingSample[]> {
  return await sql<WaitingSample[]>`
    select w.record, w.external_id as "externalId", r.values -> ${title} ->> 'v' as title,
      r.values -> ${place.field ?? ""} -> 'v' as before, w.value -> 'value' as after
    from (${waitingAt(sql, place)}) w join records r on r.id = w.record
    order by w.id limit ${countMax}`;
}
