import type { Connection } from "../../db/client.ts";

/**
 * This hub's own short name, made once: what we create in foreign systems carries it, so that two
 * hubs never share a slot.
 * @param proposal eight or so lower-case letters and digits, used the first time
 */
export async function hubName(sql: Connection, proposal: string): Promise<string> {
  const [row] = await sql<{ value: string }[]>`
    insert into hub_settings (key, value) values ('hub-name', to_jsonb(${proposal}::text))
    on conflict (key) do update set value = hub_settings.value
    returning value`;
  if (row === undefined) throw new Error("The hub has no name.");
  return row.value;
}
