import type { Connection } from "../../db/client.ts";

/** Reads what the hub was told about itself; undefined where it never was. */
export async function readSetting(sql: Connection, key: string): Promise<unknown> {
  const [row] = await sql<{ value: unknown }[]>`
    select value from hub_settings where key = ${key}`;
  return row?.value;
}

export async function saveSetting(sql: Connection, key: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value);
  await sql`
    insert into hub_settings (key, value) values (${key}, ${text}::text::jsonb)
    on conflict (key) do update set value = excluded.value`;
}
