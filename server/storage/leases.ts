import type { Sql, Transaction } from "../../db/client.ts";
import type { Mark } from "./record-cache.ts";

export type Lease = { readonly partition: string; readonly epoch: number };

/** Another engine holds the partition now: whatever this one was doing must not be committed. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/** Tells that this engine is alive, and how many are. */
export async function heartbeat(
  sql: Sql,
  engine: { id: string; pid: number; host: string },
  leaseMs: number,
): Promise<{ alive: number }> {
  await sql`
    insert into engines (id, started_at, heartbeat_at, pid, host)
    values (${engine.id}, clock_timestamp(), clock_timestamp(), ${engine.pid}, ${engine.host})
    on conflict (id) do update set heartbeat_at = clock_timestamp()`;
  await sql`
    update leases set expires_at = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
    where engine = ${engine.id} and expires_at > clock_timestamp()`;
  await sql`
    delete from engines where heartbeat_at < clock_timestamp() - interval '1 day'`;
  const [row] = await sql<{ alive: number }[]>`
    select count(*)::int as alive from engines
    where heartbeat_at > clock_timestamp() - make_interval(secs => ${leaseMs / 1000})`;
  return { alive: row?.alive ?? 1 };
}

/** The engine ends: the others need not count it any more. */
export async function sayFarewell(sql: Sql, engine: string): Promise<void> {
  await sql`delete from engines where id = ${engine}`;
}

/** Partitions that this engine holds now. The database's clock is the only one that counts. */
export async function heldLeases(sql: Sql, engine: string): Promise<Lease[]> {
  return await sql<Lease[]>`
    select partition, epoch from leases
    where engine = ${engine} and expires_at > clock_timestamp() order by partition`;
}

/** Takes up to `count` of the wanted partitions that nobody holds. Each gets a new epoch. */
export async function takeLeases(
  sql: Sql,
  engine: string,
  options: { wanted: readonly string[]; count: number; leaseMs: number },
): Promise<Lease[]> {
  const { wanted, count, leaseMs } = options;
  if (count <= 0 || wanted.length === 0) return [];
  await sql`
    insert into leases (partition, engine, epoch, expires_at)
    select partition, null, 0, clock_timestamp()
    from unnest(${wanted as string[]}::text[]) as w(partition)
    on conflict (partition) do nothing`;
  const taken = await sql<Lease[]>`
    update leases set engine = ${engine}, epoch = epoch + 1,
      expires_at = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
    where partition in (
      select partition from leases
      where partition = any(${wanted as string[]})
        and (engine is null or expires_at <= clock_timestamp())
      order by partition limit ${count} for update skip locked)
    returning partition, epoch`;
  return taken.sort((a, b) => (a.partition < b.partition ? -1 : 1));
}

/** Lets a partition go at once, so that another engine need not wait for its end. */
export async function releaseLease(sql: Sql, engine: string, lease: Lease): Promise<void> {
  await sql`
    update leases set engine = null, expires_at = clock_timestamp()
    where partition = ${lease.partition} and engine = ${engine} and epoch = ${lease.epoch}`;
}

/**
 * Holds the lease to the end of the transaction: nobody takes it over, and nothing is committed
 * under a lost one. Its heartbeat goes on meanwhile: it changes no key.
 * @returns which transaction it is
 * @throws LeaseLost
 */
export async function fence(tx: Transaction, lease: Lease): Promise<Mark> {
  const [mark] = await tx<Mark[]>`
    select pg_current_xact_id()::xid as transaction, pg_postmaster_start_time()::text as server
    from leases where partition = ${lease.partition} and epoch = ${lease.epoch}
      and expires_at > clock_timestamp() for key share`;
  if (mark === undefined) throw lost(lease);
  return mark;
}

/**
 * Looks whether the lease is held at this moment.
 * @throws LeaseLost
 */
export async function checkLease(sql: Sql, lease: Lease): Promise<void> {
  const rows = await sql`
    select 1 from leases where partition = ${lease.partition} and epoch = ${lease.epoch}
      and expires_at > clock_timestamp()`;
  if (rows.length === 0) throw lost(lease);
}

function lost({ partition }: Lease): LeaseLost {
  return new LeaseLost(`${partition} is another engine's now.`);
}
