import type { Connection } from "../../db/client.ts";
import type { HeldFilter } from "./quarantine.ts";
import type { RunState } from "./runs.ts";

/** What news of a replay names as the part that has new work. */
export const REPLAYS = "replays";

/** A replay as it goes on. */
export type Replay = {
  readonly run: string;
  readonly filter: HeldFilter;
  readonly person: string;
  readonly perSecond: number;
  readonly after: string | null;
  readonly until: string;
};

const COLUMNS = (sql: Connection) =>
  sql`replays.run, filter, person, per_second as "perSecond", after, until`;

export async function addReplay(
  sql: Connection,
  { run, filter, person, perSecond, until }: Omit<Replay, "after">,
  now: string,
): Promise<void> {
  await sql`
    insert into replays (run, filter, person, per_second, until, next_at)
    values (${run}, ${JSON.stringify(filter)}::text::jsonb, ${person}, ${perSecond}, ${until}, ${now})`;
}

/**
 * Takes a batch of a running replay that is due; nobody else gets one of it until `heldMs` are
 * over, or it is noted that the batch is done.
 * @param run the only one that is wanted; null: any
 */
export async function claimReplay(
  sql: Connection,
  at: { readonly run: string | null; readonly now: string; readonly heldMs: number },
): Promise<Replay | null> {
  const [claimed] = await sql<Replay[]>`
    update replays set next_at = ${at.now}::timestamptz + make_interval(secs => ${at.heldMs / 1_000})
    where run = (
      select replays.run from replays join runs on runs.id = replays.run
      where runs.state = 'running' and next_at <= ${at.now}
        and (${at.run}::text is null or replays.run = ${at.run})
      order by next_at limit 1 for update of replays skip locked)
    returning ${COLUMNS(sql)}`;
  return claimed ?? null;
}

/** A batch is done: the next one begins behind it, and not before. */
export async function noteReplayed(
  sql: Connection,
  done: { readonly run: string; readonly after: string; readonly nextAt: string },
): Promise<void> {
  await sql`update replays set after = ${done.after}, next_at = ${done.nextAt} where run = ${done.run}`;
}

/** When more of a running replay is due; null where none runs. */
export async function nextReplayAt(sql: Connection): Promise<string | null> {
  const [row] = await sql<{ at: string | null }[]>`
    select min(next_at) as at from replays join runs on runs.id = replays.run
    where runs.state = 'running'`;
  return row?.at ?? null;
}

export type ReplayView = {
  readonly run: string;
  readonly filter: HeldFilter;
  readonly person: string;
  readonly perSecond: number;
  readonly state: RunState;
  readonly counts: Readonly<Record<string, number>>;
};

/** Replays that run, and the last ones that ended, newest first. */
export async function listReplays(
  sql: Connection,
  which: { readonly run?: string; readonly countMax: number },
): Promise<ReplayView[]> {
  return await sql<ReplayView[]>`
    select replays.run, filter, person, per_second as "perSecond", state, counts
    from replays join runs on runs.id = replays.run
    where ${which.run ?? null}::text is null or replays.run = ${which.run ?? null}
    order by (state = 'running') desc, started_at desc limit ${which.countMax}`;
}
