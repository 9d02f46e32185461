import type { Row, Session } from "../../connectors/connector.ts";
import type { Binding, Entity, MapDocument } from "../../core/map/document.ts";
import type { ObjectSchema } from "../../core/map/object-schema.ts";
import { systemName } from "../../core/map/place.ts";
import { schemasFor } from "../../core/map/schemas-for.ts";
import {
  type CompiledBinding,
  compileBinding,
  findBindingProblems,
} from "../../core/mapping/compile-binding.ts";
import { AS_SPELLED } from "../../core/mapping/refer.ts";
import type { Columns, FieldValues } from "../../core/values/field-value.ts";
import type { Services } from "../context.ts";
import { loadSystem, settingsOf, withSession } from "../systems/session.ts";

/** One record as it flows through a map: the hub's values, and the rows it is made of. */
export type Sample = {
  /** The record's id; null for a row that is no record yet. */
  readonly record: string | null;
  readonly hub: FieldValues;
  /** By binding. */
  readonly rows: Record<string, Row>;
};

/** Whether a binding's rows were read just now, or are what the hub last accounted for. */
export type RowsRead = {
  readonly how: "now" | "last-seen";
  /** Why they could not be read now; null when they were. */
  readonly problem: string | null;
};

export type SampleContext = {
  readonly services: Services;
  readonly document: MapDocument;
  readonly entity: Entity;
  readonly schemas: Readonly<Record<string, readonly ObjectSchema[]>>;
};

/** A screen waits for a foreign system no longer than this. */
const READ_MS_MAX = 4_000;

/** Longer texts are cut: a sample is for looking at. */
const SHOWN_CHARACTERS_MAX = 4_000;

/**
 * Reads the rows of the samples from their systems, as they are now and with all their columns.
 * A row that has no link is looked for by the entity's match keys. Where a system does not answer,
 * what the samples have of it stays.
 */
export async function readRowsNow(
  of: SampleContext,
  samples: readonly Sample[],
): Promise<Record<string, RowsRead>> {
  const bindings = of.document.bindings.filter(({ entity }) => entity === of.entity.id);
  const systems = [...new Set(bindings.map(({ system }) => system))];
  const reads: Record<string, RowsRead> = {};
  await Promise.all(
    systems.map(async (system) => {
      const own = bindings.filter((binding) => binding.system === system);
      const problem = await whileOpen(of, system, async (session) => {
        for (const binding of own) await readBinding(of, binding, session, samples);
      });
      for (const { id } of own)
        reads[id] = { how: problem === null ? "now" : "last-seen", problem };
    }),
  );
  return reads;
}

/**
 * The first rows of the first binding that can be read: for an entity that has no record yet.
 * Empty when none can.
 */
export async function firstRows(of: SampleContext, countMax: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const binding of of.document.bindings.filter(({ entity }) => entity === of.entity.id)) {
    if ((schemaOf(of, binding)?.key.length ?? 0) === 0) continue;
    await whileOpen(of, binding.system, async (session) => {
      for await (const page of session.readAll(binding.object, countMax)) {
        samples.push(...page.map((row) => sampleOf(of, binding, shortened(row))));
        break;
      }
    });
    if (samples.length > 0) break;
  }
  return samples;
}

function sampleOf(of: SampleContext, binding: Binding, row: Row): Sample {
  const hub =
    compiled(of, binding, binding.edges)?.forward(row.columns, null, AS_SPELLED).fields ?? {};
  return { record: null, hub, rows: { [binding.id]: row } };
}

/** Works in a session. Returns why it could not, as a sentence; null when it could. */
export async function whileOpen(
  { services, document }: SampleContext,
  system: string,
  work: (session: Session) => Promise<void>,
): Promise<string | null> {
  const name = systemName(document, system);
  try {
    const found = await loadSystem(services, system);
    const settings = settingsOf(services, found.system);
    const done = withSession(services, found.connector, settings, work).then(() => null);
    return await Promise.race([done, tooLate(name)]);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `${name} could not be read now: ${why}`;
  }
}

function tooLate(name: string): Promise<string> {
  const sentence = `${name} has not answered within ${READ_MS_MAX / 1_000} seconds.`;
  return new Promise((resolve) => {
    setTimeout(() => resolve(sentence), READ_MS_MAX).unref();
  });
}

async function readBinding(
  of: SampleContext,
  binding: Binding,
  session: Session,
  samples: readonly Sample[],
): Promise<void> {
  const linked = samples.flatMap(({ rows }) => rows[binding.id]?.externalId ?? []);
  const rows = await session.readByIds(binding.object, linked);
  const byId = new Map(rows.map((row) => [row.externalId, row]));
  const finds = finderOf(of, binding);
  for (const sample of samples) {
    const known = sample.rows[binding.id];
    if (known !== undefined) {
      const row = byId.get(known.externalId);
      if (row === undefined) delete sample.rows[binding.id];
      else sample.rows[binding.id] = shortened(row);
      continue;
    }
    const match = finds(sample.hub);
    if (match === null) continue;
    const [found] = await session.search(binding.object, match, 1);
    if (found !== undefined) sample.rows[binding.id] = shortened(found);
  }
}

/** How a binding's row is looked for by the values of a match key; null where it cannot be. */
function finderOf(of: SampleContext, binding: Binding): (hub: FieldValues) => Columns | null {
  const ways = of.entity.matchKeys.flatMap((key) => {
    const edges = binding.edges.filter(({ fields }) => fields.every((id) => key.includes(id)));
    const writes = compiled(of, binding, edges);
    const isWhole = writes !== null && key.every((id) => writes.outFields.includes(id));
    return isWhole ? [{ key, writes }] : [];
  });
  return (hub) => {
    const way = ways.find(({ key }) => key.every((id) => (hub[id] ?? "") !== ""));
    if (way === undefined) return null;
    const values = Object.fromEntries(way.key.map((id) => [id, hub[id] ?? null]));
    const request = { values, due: new Set(way.key), previous: null, refer: AS_SPELLED };
    const written = way.writes.backward(request);
    return written.problems.length > 0 ? null : written.columns;
  };
}

/** The binding with these edges, ready to run; null while they cannot. */
export function compiled(
  of: SampleContext,
  binding: Binding,
  edges: Binding["edges"],
): CompiledBinding | null {
  const { document } = of;
  const known = schemasFor(of.schemas, binding);
  const sound = edges.filter((edge) => {
    const alone = { ...binding, edges: [edge] };
    return findBindingProblems({ document, binding: alone, ...known }).length === 0;
  });
  if (sound.length === 0) return null;
  return compileBinding({ document, binding: { ...binding, edges: sound }, ...known });
}

function schemaOf({ schemas }: SampleContext, binding: Binding): ObjectSchema | null {
  return schemas[binding.system]?.find(({ name }) => name === binding.object) ?? null;
}

/** The row with its long texts cut. */
export function shortened(row: Row, charactersMax = SHOWN_CHARACTERS_MAX): Row {
  const columns = Object.entries(row.columns).map(([name, value]) => [
    name,
    typeof value === "string" ? value.slice(0, charactersMax) : value,
  ]);
  return { externalId: row.externalId, columns: Object.fromEntries(columns) };
}
