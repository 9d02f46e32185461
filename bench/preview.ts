import { availableParallelism, loadavg } from "node:os";
import postgres from "postgres";
import { openHub, type Sql } from "../db/client.ts";
import { migrateHub } from "../db/migrate.ts";
import { MapDocument } from "../server/core/map/document.ts";
import { compileMap } from "../server/core/plan/compile-map.ts";
import { previewImpact } from "../server/engine/preview/preview.ts";
import { shapeOf } from "../server/engine/shape.ts";
import { systemClock } from "../server/platform/clock.ts";
import { createIdSource } from "../server/platform/ids.ts";
import { createLog } from "../server/platform/log.ts";
import { systemRandom } from "../server/platform/random.ts";
import { startServer } from "./clusters.ts";

const RECORDS = 100_000;
const FIELDS = 20;
/** The product's promise. */
const SECONDS_MAX = 20;
/** Whoever cancels is not kept. */
const CANCEL_MS_MAX = 1_000;

/**
 * `npm run bench -- --preview`: what a change of one step would do to 100,000 records of 20 fields
 * in two systems, of which every one changes; and how soon a preview ends that is cancelled.
 * @returns whether the bars are met
 */
export async function benchPreview(say: (line: string) => void): Promise<boolean> {
  const server = await startServer();
  try {
    await migrateHub(server.url);
    const sql = postgres(server.url, { max: 2, onnotice: () => undefined }) as unknown as Sql;
    await fill(sql);
    await sql.end({ timeout: 2 });
    say(`Preview of ${RECORDS} records × ${FIELDS} fields in two systems`);
    say(`Load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
    const seconds = await timed(server.url, say);
    const cancelMs = await cancelled(server.url);
    say(`  preview    ${seconds.toFixed(1)} s (bar: ${SECONDS_MAX} s)`);
    say(`  cancelled  ${cancelMs.toFixed(0)} ms (bar: ${CANCEL_MS_MAX} ms)`);
    return seconds <= SECONDS_MAX && cancelMs <= CANCEL_MS_MAX;
  } finally {
    await server.stop();
  }
}

async function timed(url: string, say: (line: string) => void): Promise<number> {
  const hub = openHub(url, 2);
  const began = performance.now();
  const stages = new Map<string, number>();
  const progress = ({ stage }: { stage: string }) => {
    if (!stages.has(stage)) stages.set(stage, performance.now() - began);
  };
  const { signal } = new AbortController();
  const impact = await previewImpact(contextOf(hub), {
    document: mapOf(CHANGED),
    signal,
    progress,
  });
  const seconds = (performance.now() - began) / 1_000;
  await hub.close();
  const changed = impact.systems.find(({ system }) => system === "b")?.changed;
  if (changed !== RECORDS) throw new Error(`${changed} rows change; ${RECORDS} were expected.`);
  for (const [stage, ms] of stages) say(`  ${stage} from ${(ms / 1_000).toFixed(1)} s on`);
  return seconds;
}

async function cancelled(url: string): Promise<number> {
  const hub = openHub(url, 2);
  const ending = new AbortController();
  let asked = 0;
  const progress = ({ stage, done }: { stage: string; done: number }) => {
    if (stage !== "deciding" || done === 0 || asked > 0) return;
    asked = performance.now();
    ending.abort();
  };
  const of = { document: mapOf(CHANGED), signal: ending.signal, progress };
  await previewImpact(contextOf(hub), of).catch(() => undefined);
  const ms = performance.now() - asked;
  await hub.close();
  return ms;
}

function contextOf(hub: ReturnType<typeof openHub>) {
  const log = createLog({ clock: systemClock, level: "error", format: "text" });
  const ids = createIdSource(systemClock, systemRandom);
  const openSession = () => Promise.reject(new Error("The hub knows all of it."));
  return { hub, log, ids, clock: systemClock, random: systemRandom, openSession };
}

const CHANGED = { steps: [{ transform: "case", settings: { field: "upper" } }] };
const fields = ["sku", ...Array.from({ length: FIELDS - 1 }, (_, place) => `field-${place + 1}`)];
const columnOf = (field: string) => field.replace("-", "_");

function mapOf(first: object): MapDocument {
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

/** A hub that has read both systems, and is even with them. */
async function fill(sql: Sql): Promise<void> {
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
  await fillRecords(sql);
}

/** "text 7 of 3" and so on: the values of a row, by field or column. */
async function fillRecords(sql: Sql): Promise<void> {
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
  const from = `from generate_series(1, ${RECORDS}) n`;
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
