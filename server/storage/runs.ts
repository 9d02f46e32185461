import type { Connection } from "../../db/client.ts";

export type RunKind =
  | "initial-load"
  | "continuous"
  | "sweep"
  | "publish"
  | "verify"
  | "replay"
  | "mass-change";
export type RunState = "running" | "waiting" | "succeeded" | "failed" | "cancelled";

export type NewRun = {
  readonly id: string;
  readonly kind: RunKind;
  readonly system: string | null;
  readonly binding: string | null;
  readonly mapVersion: number | null;
  readonly engine: string | null;
  readonly now: string;
  readonly state?: RunState;
  readonly detail?: string;
};

export async function startRun(sql: Connection, run: NewRun): Promise<void> {
  await sql`
    insert into runs (id, kind, system, binding, state, map_version, engine, counts, detail,
      started_at, updated_at)
    values (${run.id}, ${run.kind}, ${run.system}, ${run.binding}, ${run.state ?? "running"},
      ${run.mapVersion}, ${run.engine}, '{}', ${run.detail ?? null}, ${run.now}, ${run.now})`;
}

/** Adds to a run's counts: { read: 20, written: 3 }. */
export async function countRun(
  sql: Connection,
  id: string,
  counts: Readonly<Record<string, number>>,
  now: string,
): Promise<void> {
  await sql`
    update runs set updated_at = ${now}, counts = counts || (
      select jsonb_object_agg(key, value::numeric + coalesce((counts->>key)::numeric, 0))
      from jsonb_each_text(${JSON.stringify(counts)}::text::jsonb))
    where id = ${id}`;
}

export async function finishRun(
  sql: Connection,
  id: string,
  end: { state: RunState; detail?: string; now: string },
): Promise<void> {
  await sql`
    update runs set state = ${end.state}, detail = coalesce(${end.detail ?? null}, detail),
      finished_at = ${end.now}, updated_at = ${end.now}
    where id = ${id}`;
}

/** Continuous runs of a system whose engine is gone end when the next one begins. */
export async function closeOrphanRuns(sql: Connection, system: string, now: string): Promise<void> {
  await sql`
    update runs set state = 'cancelled', finished_at = ${now}, updated_at = ${now},
      detail = coalesce(detail, 'Its engine stopped; another one went on.')
    where system = ${system} and state = 'running' and kind in ('continuous', 'initial-load', 'sweep')`;
}
