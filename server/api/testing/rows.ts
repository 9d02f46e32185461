import type { Sql } from "../../../db/client.ts";

/** A small live map, as a document: products in two systems. */
export const TEST_MAP = {
  format: 1,
  systems: [
    { id: "erp", name: "ERP", code: "ER", line: 1 },
    { id: "shop", name: "Shop", code: "SH", line: 2 },
  ],
  entities: [
    {
      id: "product",
      name: "Product",
      title: "name",
      matchKeys: [["sku"]],
      fields: [
        { id: "sku", name: "SKU", type: "text" },
        { id: "name", name: "Name", type: "text" },
      ],
    },
  ],
  bindings: ["erp", "shop"].map((system) => ({
    id: `${system}-product`,
    system,
    object: `${system}.products`,
    entity: "product",
    edges: [{ id: "name", columns: ["name"], fields: ["name"] }],
  })),
};

/** Publishes the map as version 1 and connects its systems, `erp` read whole. */
export async function insertLiveMap(sql: Sql): Promise<void> {
  await sql`
    insert into map_versions
    values (1, ${JSON.stringify(TEST_MAP)}::text::jsonb, 'ana@example.com', 'First', null, now())`;
  for (const { id } of TEST_MAP.systems) {
    await sql`
      insert into systems (id, connector, settings, reading_paused, writing_paused, created_at)
      values (${id}, 'testing', '{}', false, false, now())`;
  }
  await sql`
    insert into captures (system, position, loaded, shapes, updated_at, lag_bytes, lag_seconds)
    values ('erp', '1', '{"erp.products": "1"}', '{}', now(), 0, 0)`;
}

/** A record with one link, under an id that ends in `number`. */
export async function insertRecord(sql: Sql, number: number): Promise<string> {
  const id = `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;
  const name = `Product ${number}`;
  const values = { name: { v: name, by: "system:erp", at: "2026-01-01T00:00:00Z" } };
  await sql`
    insert into records values (${id}, 'product', ${JSON.stringify(values)}::text::jsonb, null,
      now())`;
  await sql`
    insert into links (id, record, binding, system, external_id, incarnation, state, columns, bases)
    values (${id}, ${id}, 'erp-product', 'erp', ${`E${number}`}, 0, 'live', '{}', '{}')`;
  await sql`insert into record_keys values (${id}, 'sku', ${`SKU-${number}`}, 'product')`;
  return id;
}

export async function insertConflict(
  sql: Sql,
  record: string,
  news: { openedAt: string; snoozedUntil?: string },
): Promise<void> {
  const candidates = [{ from: "system:erp" }, { from: "system:shop" }];
  await sql`
    insert into conflicts (id, kind, entity, record, field, reason, base, candidates, revision,
      state, opened_at, map_version, snoozed_until)
    values (gen_random_uuid(), 'field', 'product', ${record}, 'name', 'tie', '{}',
      ${JSON.stringify(candidates)}::text::jsonb, 1, 'open', ${news.openedAt}, 1,
      ${news.snoozedUntil ?? null})`;
}

export async function insertHeld(sql: Sql, record: string, message: string): Promise<void> {
  await sql`
    insert into quarantine (id, kind, entity, record, binding, system, external_id, field, code,
      message, value, state, tries, held_at, map_version)
    values (gen_random_uuid(), 'value', 'product', ${record}, 'shop-product', 'shop',
      ${record}, 'name', 'length', ${message}, '{}', 'held', 1, now(), 1)`;
}
