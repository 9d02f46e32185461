import type { Sides } from "./clusters.ts";

/** PostgreSQL's own logical replication between the two sides: what ours is measured against. */
export async function publishTable({ a, b }: Sides): Promise<void> {
  await a.sql`create publication bench for table product`;
  await b.sql`create publication bench for table product`;
}

/** B follows A. @param copy also what is there already */
export async function subscribe(sides: Sides, copy: boolean): Promise<void> {
  await sides.b.sql.unsafe(
    `create subscription from_a connection '${conninfo(sides.a.url)}' publication bench
     with (copy_data = ${copy}, origin = none)`,
  );
}

/** A follows B too; each tells only what was not told to it. */
export async function subscribeBack(sides: Sides): Promise<void> {
  await sides.a.sql.unsafe(
    `create subscription from_b connection '${conninfo(sides.b.url)}' publication bench
     with (copy_data = false, origin = none)`,
  );
}

export async function setSubscription(sides: Sides, enabled: boolean): Promise<void> {
  await sides.b.sql.unsafe(`alter subscription from_a ${enabled ? "enable" : "disable"}`);
}

export async function unsubscribe(sides: Sides): Promise<void> {
  for (const [side, name] of [
    [sides.b, "from_a"],
    [sides.a, "from_b"],
  ] as const) {
    await side.sql.unsafe(`drop subscription if exists ${name}`);
  }
  for (const side of [sides.a, sides.b]) await side.sql`drop publication if exists bench`;
}

function conninfo(url: string): string {
  const { hostname, port, pathname, username, password } = new URL(url);
  return `host=${hostname} port=${port} dbname=${pathname.slice(1)} user=${username} password=${password}`;
}
