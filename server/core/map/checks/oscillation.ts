import { type CompiledBinding, compileBinding } from "../../mapping/compile-binding.ts";
import { AS_SPELLED } from "../../mapping/refer.ts";
import { makeEquals } from "../../values/equal-value.ts";
import type { FieldType, FieldValue } from "../../values/field-value.ts";
import { formatValue } from "../../values/format-value.ts";
import type { Binding, Field, MapDocument } from "../document.ts";
import { bindingWords, fieldName } from "../place.ts";
import { type Schemas, schemasFor } from "../schemas-for.ts";
import type { MapProblem } from "./problem.ts";

/** A field of the hub that changed because a row of a binding was read. */
type News = { readonly binding: Binding; readonly field: string };

/** One way that news makes other news: the hub writes `through`, and `to` reads what it wrote. */
type Hop = { readonly from: News; readonly through: Binding; readonly to: News };

const CYCLES_MAX = 100;
const HOPS_MAX = 8;
/** How often a value is sent round before it counts as never coming to rest. */
const ROUNDS_MAX = 6;

/**
 * Finds values that never come to rest: the hub writes a column that another binding reads, and
 * what comes back round the cycle is another value each time. A cycle that gives every value back
 * as it was, or comes to rest, is no problem.
 *
 * The map must compile: call it only when nothing else is wrong.
 */
export function* checkOscillation(document: MapDocument, schemas: Schemas): Generator<MapProblem> {
  const cycles = findCycles(document);
  if (cycles.length === 0) return;
  const compiled = new Map(
    document.bindings.map((binding) => {
      const known = schemasFor(schemas, binding);
      return [binding.id, compileBinding({ document, binding, ...known })] as const;
    }),
  );
  const told = new Set<string>();
  for (const cycle of cycles) {
    // The same cycle the other way round is no second problem.
    const fields = cycle.map((hop) => hop.to.field).sort();
    if (told.has(fields.join(" "))) continue;
    const trace = findWitness(document, cycle, compiled);
    if (trace === null) continue;
    told.add(fields.join(" "));
    yield describe(document, cycle, trace);
  }
}

function describe(
  document: MapDocument,
  cycle: readonly Hop[],
  trace: readonly FieldValue[],
): MapProblem {
  const [first] = cycle;
  const { binding, field } = first?.from ?? { binding: null, field: "" };
  const name = fieldName(document, binding?.entity ?? "", field);
  const around = cycle.map((hop) => bindingWords(document, hop.through.id)).join(", then ");
  const values = trace.map((value) => formatValue(value)).join(" → ");
  const message = `${name} goes round in a cycle and never comes to rest: it is written to \
${around}, read again there, and comes back changed (${values}). Make one of its edges read \
only, or map the columns alike.`;
  const place = { entity: binding?.entity ?? "", field, binding: first?.through.id ?? "" };
  return { severity: "error", code: "oscillation", place, message };
}

/** Every cycle of news, each told once, however it is entered. */
function findCycles(document: MapDocument): Hop[][] {
  const cycles = new Map<string, Hop[]>();
  const starts = document.bindings.flatMap((binding) =>
    binding.edges
      .filter((edge) => edge.direction !== "out")
      .flatMap((edge) => edge.fields.map((field): News => ({ binding, field }))),
  );
  for (const start of starts) walk(document, start, start, [], cycles);
  return [...cycles.values()];
}

function walk(
  document: MapDocument,
  start: News,
  at: News,
  path: readonly Hop[],
  cycles: Map<string, Hop[]>,
): void {
  if (path.length >= HOPS_MAX || cycles.size >= CYCLES_MAX) return;
  for (const hop of hopsFrom(document, at)) {
    const next = [...path, hop];
    if (keyOf(hop.to) === keyOf(start)) {
      const key = next.map((one) => keyOf(one.to)).sort();
      if (!cycles.has(key.join(" "))) cycles.set(key.join(" "), next);
    } else if (!path.some((one) => keyOf(one.to) === keyOf(hop.to))) {
      walk(document, start, hop.to, next, cycles);
    }
  }
}

const keyOf = (news: News): string => `${news.binding.id}/${news.field}`;

function* hopsFrom(document: MapDocument, from: News): Generator<Hop> {
  for (const through of document.bindings) {
    // What a row told is not written back to that row.
    if (through.entity !== from.binding.entity || through.id === from.binding.id) continue;
    const columns = through.edges
      .filter((edge) => edge.direction !== "in" && edge.fields.includes(from.field))
      .flatMap((edge) => edge.columns);
    for (const to of readersOf(document, through, columns)) {
      // Our own write, read by the link that made it, is known as our own.
      const isOwn = to.binding.id === through.id && to.field === from.field;
      if (!isOwn) yield { from, through, to };
    }
  }
}

function readersOf(document: MapDocument, written: Binding, columns: readonly string[]): News[] {
  const same = document.bindings.filter(
    ({ system, object }) => system === written.system && object === written.object,
  );
  return same.flatMap((binding) =>
    binding.edges
      .filter((edge) => edge.direction !== "out")
      .filter((edge) => edge.columns.some((column) => columns.includes(column)))
      .flatMap((edge) => edge.fields.map((field) => ({ binding, field }))),
  );
}

/** The values that one sample takes round after round; null when every sample comes to rest. */
function findWitness(
  document: MapDocument,
  cycle: readonly Hop[],
  compiled: ReadonlyMap<string, CompiledBinding>,
): FieldValue[] | null {
  const [first] = cycle;
  if (first === undefined) return null;
  const start = findField(document, first.from);
  if (start === undefined) return null;
  const equals = makeEquals(start.type, start.options);
  for (const sample of samplesOf(start)) {
    const trace = [sample];
    let now: FieldValue | undefined = sample;
    let isAtRest = false;
    while (!isAtRest && trace.length <= ROUNDS_MAX) {
      const next = goRound(document, cycle, compiled, now);
      // A value that cannot be written or read waits; it does not go round.
      isAtRest = next === undefined || equals(next, now);
      if (next === undefined) break;
      trace.push(next);
      now = next;
    }
    if (!isAtRest) return trace.slice(0, 4);
  }
  return null;
}

function goRound(
  document: MapDocument,
  cycle: readonly Hop[],
  compiled: ReadonlyMap<string, CompiledBinding>,
  value: FieldValue,
): FieldValue | undefined {
  let now: FieldValue | undefined = value;
  for (const hop of cycle) {
    if (now !== undefined) now = goOn(document, hop, compiled, now);
  }
  return now;
}

function goOn(
  document: MapDocument,
  { from, through, to }: Hop,
  compiled: ReadonlyMap<string, CompiledBinding>,
  value: FieldValue,
): FieldValue | undefined {
  const values = { ...companions(document, through), [from.field]: value };
  const request = { values, due: new Set([from.field]), previous: null, refer: AS_SPELLED };
  const written = compiled.get(through.id)?.backward(request);
  if (written === undefined || written.problems.length > 0) return undefined;
  return compiled.get(to.binding.id)?.forward(written.columns, null, AS_SPELLED).fields[to.field];
}

/** A value for every field: an edge that joins several needs them all. */
function companions(document: MapDocument, binding: Binding): Record<string, FieldValue> {
  const entity = document.entities.find((one) => one.id === binding.entity);
  const pairs = (entity?.fields ?? []).map((field) => [field.id, samplesOf(field)[0] ?? null]);
  return Object.fromEntries(pairs);
}

function findField(document: MapDocument, { binding, field }: News): Field | undefined {
  const entity = document.entities.find((one) => one.id === binding.entity);
  return entity?.fields.find((one) => one.id === field);
}

const SAMPLES: Partial<Record<FieldType, readonly FieldValue[]>> = {
  text: ["Ada Lovelace", "  two  words ", "Straße 5", "x", "1234.50", "DE"],
  integer: ["7", "1999", "-5", "100000"],
  decimal: ["19.99", "0.005", "1234.5678", "-3"],
  boolean: [true, false],
  date: ["2026-02-28"],
  time: ["14:02:00.5"],
  instant: ["2026-02-28T13:02:00.5Z"],
};

function samplesOf(field: Field): readonly FieldValue[] {
  return field.options?.values?.slice(0, 20) ?? SAMPLES[field.type] ?? [];
}
