import type { Sql } from "../db/client.ts";
import { MapDocument } from "../server/core/map/document.ts";
import { compileMap } from "../server/core/plan/compile-map.ts";
import { shapeOf } from "../server/engine/shape.ts";

export const FIELDS = 20;

/** A step that changes one value of each row. */
export const CHANGED = { steps: [{ transform: "case", settings: { field: "upper" } }] };
const fields = ["sku", ...Array.from({ length: FIELDS - 1 }, (_, place) => `field-${place + 1}`)];
const columnOf = (field: string) => field.replace("-", "_");

/** Two systems with the same columns. @param first more of the first system's second edge */
export function mapOf(first: object): MapDocument {
  const binding = (system: string, more: object) => ({
    ...{ id: `${system}-thing`, system, object: "public.things", entity: "thing" },
    edges: fields.map((field) => ({
      ...{ id: field, columns: [columnOf(field)], fields: [field] },
      ...(field === "field-1" ? more : {}),
    })),
  });
  return MapDocument.parse({
    format: 1,
    systems: [
      { id: "a", name: "A", code: "AA", line: 1 },
      { id: "b", name: "B", code: "BB", line: 2 },
    ],
    entities: [
      {
        ...{ id: "thing", name: "Thing", title: "field-1", matchKeys: [["sku"]] },
        fields: fields.map((id) => ({ id, name: id, type: "text" })),
      },
    ],
    bindings: [binding("a", first), binding("b", {})],
  });
}

/** A hub that has read so many rows of both systems, and is even with them. */
export async function fillHub(sql: Sql, records: number): Promise<void> {
  const document = mapOf({});
  const column = { nullable: true, hasDefault: false, readOnly: false };
  const schema = {
    ...{ name: "public.things", kind: "table", key: ["sku"], uniques: [], references: [] },
    columns: fields.map((field) => ({
      ...{ ...column, name: columnOf(field), type: "text", nativeType: "text" },
    })),
  };
  const map = compileMap(1, document, () => schema as never);
  await sql`
    insert into map_versions (number, document, author, note, published_at)
    values (1, ${JSON.stringify(document)}::text::jsonb, 'bench', '', now())`;
  for (const { id } of document.systems) {
    await sql`
      insert into systems (id, connector, settings, reading_paused, writing_paused, created_at,
        clock_offset_ms, clock_error_ms)
      values (${id}, 'postgres', '{}', false, false, now(), 0, 1)`;
    await sql`
      insert into objects (system, name, schema, version, discovered_at)
      values (${id}, 'public.things', ${JSON.stringify(schema)}::text::jsonb, 1, now())`;
    const shapes = { "public.things": shapeOf(map, id, "public.things") };
    await sql`
      insert into captures (system, position, loaded, shapes, updated_at)
      values (${id}, '1', '{"public.things": "1"}', ${JSON.stringify(shapes)}::text::jsonb, now())`;
  }
  await fillRecords(sql, records);
}

/** "text 7 of 3" and so on: the values of a row, by field or column. */
async function fillRecords(sql: Sql, records: number): Promise<void> {
  const texts = (name: (field: string) => string, value: (field: string) => string) =>
    fields.map((field) => `'${name(field)}', ${value(field)}`).join(", ");
  const textOf = (field: string) => (field === "sku" ? "'S' || n" : `'${field} of ' || n`);
  const hub = texts(
    (field) => field,
    (field) => `jsonb_build_object('v', ${textOf(field)}, 'by', 'system:a', 'at', now())`,
  );
  const bases = texts(
    (field) => field,
    (field) => `jsonb_build_object('s', ${textOf(field)})`,
  );
  const id = (kind: number) =>
    `('0199${kind}000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;
  const from = `from generate_series(1, ${records}) n`;
  await sql.unsafe(`insert into records (id, entity, values, created_at)
    select ${id(0)}, 'thing', jsonb_build_object(${hub}), now() ${from}`);
  await sql.unsafe(`insert into record_keys (record, key, value, entity)
    select ${id(0)}, 'sku', 's' || n, 'thing' ${from}`);
  for (const [place, system] of ["a", "b"].entries()) {
    await sql.unsafe(`insert into links (id, record, binding, system, external_id, incarnation,
        state, columns, bases, position)
      select ${id(place + 1)}, ${id(0)}, '${system}-thing', '${system}', 'S' || n, 0, 'live',
        jsonb_build_object(${texts(columnOf, textOf)}), jsonb_build_object(${bases}), '1' ${from}`);
  }
  await sql.unsafe("analyze");
}
