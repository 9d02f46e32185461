import type { Sql } from "../../../db/client.ts";
import type { Row } from "../../connectors/connector.ts";
import type { Binding } from "../../core/map/document.ts";
import { AS_SPELLED } from "../../core/mapping/refer.ts";
import type { Columns, FieldValue, FieldValues } from "../../core/values/field-value.ts";
import { type SampleRecord, sampleRecords } from "../../storage/screens/canvas.ts";
import { compiled, type SampleContext, shortened, whileOpen } from "./sample-rows.ts";

/** What is known of a binding's rows and of the entity's records, to compare them. */
export type SuggestionValues = {
  readonly rows: readonly Columns[];
  readonly records: readonly FieldValues[];
  /** Rows with the records that they belong to. */
  readonly together: readonly { readonly row: Columns; readonly record: FieldValues }[];
  /** Why the rows could not be read now, as a sentence; null when they were. */
  readonly problem: string | null;
};

/** What is looked at of an entity and of each object: a suggestion is a glance. */
const RECORDS_MAX = 150;
const LINKED_MAX = 100;
const ROWS_MAX = 200;
const VALUE_CHARACTERS_MAX = 300;

/**
 * Real rows of a binding's object, and real values of the entity's fields: the hub's, and of
 * fields that the hub has nothing of yet, what other bindings' rows would give by the draft.
 */
export async function readSuggestionValues(
  of: SampleContext,
  binding: Binding,
): Promise<SuggestionValues> {
  const { sql } = of.services.hub;
  const query = { title: of.entity.title, countMax: RECORDS_MAX };
  const records = await sampleRecords(sql, of.entity.id, query);
  const others = of.document.bindings.filter(
    (one) => one.entity === of.entity.id && one.id !== binding.id && tellsMore(one, records),
  );
  const [own, ...read] = await Promise.all(
    [binding, ...others].map((one) => rowsOf(of, one, records)),
  );
  const known = records.map(toKnown);
  for (const [at, other] of others.entries()) tell(of, other, read[at]?.rows ?? [], known);
  const rows = own?.rows ?? [];
  return {
    rows: rows.map(({ columns }) => columns),
    records: known.map(({ values }) => values),
    together: together(of, binding, rows, known),
    problem: own?.problem ?? null,
  };
}

/** A record of the hub, or what a row would make by the draft. */
type Known = {
  readonly values: Record<string, FieldValue>;
  /** Its rows' ids, by binding. */
  readonly links: Readonly<Record<string, string>>;
};

function toKnown({ values, links }: SampleRecord): Known {
  return {
    values: Object.fromEntries(Object.entries(values).map(([field, { v }]) => [field, v])),
    links: Object.fromEntries(links.map((link) => [link.binding, link.externalId])),
  };
}

/** Whether a binding's edges lead to a field of which no record has a value. */
function tellsMore({ edges }: Binding, records: readonly SampleRecord[]): boolean {
  const told = new Set(records.flatMap(({ values }) => Object.keys(values)));
  return edges.some(({ fields }) => fields.some((field) => !told.has(field)));
}

/** What another binding's rows give: to their records, or as records where the hub has none. */
function tell(of: SampleContext, binding: Binding, rows: readonly Row[], known: Known[]): void {
  const isEmpty = known.every(({ links }) => Object.keys(links).length === 0);
  const byRow = new Map(known.map((one) => [one.links[binding.id], one]));
  for (const [row, fields] of forward(of, binding, rows)) {
    const record = byRow.get(row.externalId);
    if (record === undefined) {
      if (isEmpty) known.push({ values: { ...fields }, links: {} });
      continue;
    }
    for (const [field, value] of Object.entries(fields)) record.values[field] ??= value;
  }
}

function forward(
  of: SampleContext,
  binding: Binding,
  rows: readonly Row[],
): (readonly [Row, FieldValues])[] {
  const rules = compiled(of, binding, binding.edges);
  if (rules === null) return rows.map((row) => [row, {}]);
  return rows.map((row) => [row, rules.forward(row.columns, null, AS_SPELLED).fields]);
}

/** Rows find their records by their links, else by the first match key that both sides have. */
function together(
  of: SampleContext,
  binding: Binding,
  rows: readonly Row[],
  known: readonly Known[],
): SuggestionValues["together"] {
  const byRow = new Map(known.map((one) => [one.links[binding.id], one]));
  const keysOf = (values: FieldValues) =>
    of.entity.matchKeys.flatMap((key, at) => {
      const parts = key.map((field) => values[field] ?? "");
      return parts.includes("") ? [] : [JSON.stringify([at, parts])];
    });
  const byKey = new Map(known.flatMap((one) => keysOf(one.values).map((key) => [key, one])));
  return forward(of, binding, rows).flatMap(([row, fields]) => {
    const linked = byRow.get(row.externalId);
    const found = linked ?? keysOf(fields).flatMap((key) => byKey.get(key) ?? [])[0];
    return found === undefined ? [] : [{ row: row.columns, record: found.values }];
  });
}

type Read = { readonly rows: readonly Row[]; readonly problem: string | null };

/** How long rows that were read for suggestions are good for: taking one asks for the next. */
const KEPT_MS = 60_000;
const KEPT_OBJECTS_MAX = 20;

type Kept = { readonly at: number; readonly read: Promise<Read> };
const kept = new WeakMap<Sql, Map<string, Kept>>();

/** Rows of the records that are looked at, and the first ones of the object; kept for a minute. */
async function rowsOf(
  of: SampleContext,
  binding: Binding,
  records: readonly SampleRecord[],
): Promise<Read> {
  const { hub, clock } = of.services;
  const objects = kept.get(hub.sql) ?? new Map<string, Kept>();
  kept.set(hub.sql, objects);
  const ids = records
    .flatMap(({ links }) => links.filter((link) => link.binding === binding.id))
    .slice(0, LINKED_MAX)
    .map(({ externalId }) => externalId);
  const key = JSON.stringify([binding.system, binding.object, ids]);
  const now = clock.monotonicMs();
  const before = objects.get(key);
  if (before !== undefined && now - before.at < KEPT_MS) return await before.read;
  const read = readNow(of, binding, ids);
  objects.delete(key);
  objects.set(key, { at: now, read });
  for (const oldest of [...objects.keys()].slice(0, -KEPT_OBJECTS_MAX)) objects.delete(oldest);
  const done = await read;
  // A system that does not answer is asked again, as soon as somebody asks again.
  if (done.problem !== null) objects.delete(key);
  return done;
}

async function readNow(of: SampleContext, binding: Binding, ids: readonly string[]): Promise<Read> {
  const rows = new Map<string, Row>();
  const add = (row: Row) => rows.set(row.externalId, shortened(row, VALUE_CHARACTERS_MAX));
  const problem = await whileOpen(of, binding.system, async (session) => {
    if (ids.length > 0) for (const row of await session.readByIds(binding.object, ids)) add(row);
    if (rows.size >= LINKED_MAX) return;
    for await (const page of session.readAll(binding.object, ROWS_MAX)) {
      page.slice(0, ROWS_MAX).forEach(add);
      break;
    }
  });
  return { rows: problem === null ? [...rows.values()] : [], problem };
}
