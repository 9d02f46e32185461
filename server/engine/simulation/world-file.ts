import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import type { MapDocument } from "../../core/map/document.ts";
import { parseMapFile } from "../../core/map/file.ts";
import { FIELD_TYPES } from "../../core/values/field-value.ts";
import { durationMs } from "./arguments.ts";

/** A world as others write it down; `docs/worlds.md` has it in words, with examples. */

const Time = z.string().transform((text, context) => {
  try {
    return durationMs(text);
  } catch (error) {
    context.addIssue({ code: "custom", message: String((error as Error).message) });
    return z.NEVER;
  }
});

/** A number is written as people write it, and kept as exact text. */
const Cell = z
  .union([z.string(), z.number(), z.boolean(), z.null()])
  .transform((value) => (typeof value === "number" ? String(value) : value));
const Row = z.record(z.string(), Cell);

const Column = z.union([
  z.enum(FIELD_TYPES).transform((type) => ({ type, required: false, generated: false })),
  z.strictObject({
    type: z.enum(FIELD_TYPES),
    required: z.boolean().default(false),
    /** The system numbers new rows by it. */
    generated: z.boolean().default(false),
    lengthMax: z.int().positive().optional(),
  }),
]);

const WorldObject = z.strictObject({
  key: z.array(z.string()).min(1).default(["id"]),
  columns: z.record(z.string(), Column),
  unique: z.array(z.array(z.string())).default([]),
  /** A column that says when a row was made. */
  madeAt: z.string().optional(),
  /** The smallest free number is given to new rows, also where a deleted one had it. */
  reusesIds: z.boolean().default(false),
  rows: z.array(Row).default([]),
});
export type WorldObject = z.infer<typeof WorldObject>;

/** A system without a log for others: how it is asked, and how it answers. */
const Reads = z.strictObject({
  /** How often it is asked what has changed; left out, it tells by hints alone. */
  every: Time.optional(),
  /** How often all of its rows are read. */
  sweepEvery: Time.default(24 * 3_600_000),
  /** How coarse its stamps are. */
  stamps: Time.default(1),
  /** Its clock is ahead by so much, or behind. */
  clockAhead: Time.default(0),
  clockBehind: Time.default(0),
  thin: z.boolean().default(false),
  callRows: z.int().positive().default(1_000),
  wholeCalls: z.boolean().default(false),
  replaces: z.boolean().default(false),
  silent: z.boolean().default(false),
  /** Its reads show what it had so long ago, as a replica's do, and it says so. */
  behind: Time.optional(),
  /** It does not say so. */
  undeclared: z.literal(true).optional(),
});
export type WorldReads = z.infer<typeof Reads>;

/** The habits of a system. */
const Traits = z.strictObject({
  /** "items.note": 6 keeps the first six characters of each note. */
  truncates: z.record(z.string(), z.int().positive()).default({}),
  uppercases: z.array(z.string()).default([]),
  lowercases: z.array(z.string()).default([]),
  /** "items.price": 1 keeps one digit behind the point. */
  rounds: z.record(z.string(), z.int().nonnegative()).default({}),
  /** Spaces and what else is put between digits are taken out. */
  compacts: z.array(z.string()).default([]),
  /** "items.label": "{code} {name}" is filled whenever somebody writes the row. */
  computes: z.record(z.string(), z.string()).default({}),
  /** A number that grows whenever somebody writes the row. */
  counts: z.array(z.string()).default([]),
  /** "items.state": [closed] refuses rows with this value. */
  refuses: z.record(z.string(), z.array(Cell)).default({}),
  /** "orders.customer": customers deletes the orders of a customer that is deleted. */
  cascades: z.record(z.string(), z.string()).default({}),
  /** Of so many rows that it says it has written it has written one less. */
  lies: z.int().positive().optional(),
  forgetsOutcomes: z.boolean().default(false),
  writesAtOnce: z.boolean().default(false),
  redelivers: z.int().nonnegative().optional(),
  /** It knows no conditions: a write goes over whatever the row has by then. */
  unconditional: z.boolean().default(false),
  /** So long takes a call that reads rows by their ids, searches or writes. */
  callsTake: Time.default(0),
  reads: Reads.optional(),
});
/** A system that does what it is told, and no more. */
export const NO_TRAITS = Traits.parse({});

const WorldSystem = z.strictObject({
  objects: z.record(z.string(), WorldObject),
  connectedAt: Time.default(0),
  traits: Traits.prefault({}),
});
export type WorldSystem = z.infer<typeof WorldSystem>;

const MapOf = z.union([z.string(), z.record(z.string(), z.unknown())]);
const At = { at: Time };
const InSystem = { ...At, system: z.string(), object: z.string().optional() };
/** The edit was begun so long ago, and is stamped with that time. */
const Late = { lateBy: Time.optional() };
const Event = z.union([
  z.strictObject({ ...InSystem, ...Late, insert: Row }),
  z.strictObject({ ...InSystem, ...Late, update: Cell, set: Row }),
  /** The system tells that this row may have changed, as a webhook does. */
  z.strictObject({ ...InSystem, hint: Cell }),
  z.strictObject({ ...InSystem, delete: Cell }),
  z.strictObject({ ...InSystem, empty: z.literal(true) }),
  /** A person says which it is of a row whose id may have been given to it anew. */
  z.strictObject({ ...InSystem, row: Cell, is: z.enum(["the same", "another"]) }),
  z.strictObject({ ...At, cut: z.string() }),
  /** Nobody reaches the system for so long; its own people do. */
  z.strictObject({ ...At, down: z.string(), for: Time }),
  /** What the system has now is kept; and it is set back to what was kept last. */
  z.strictObject({ ...At, backup: z.string() }),
  z.strictObject({ ...At, restore: z.string() }),
  z.strictObject({ ...At, publish: MapOf }),
  /** The oldest open question is answered, as soon as there is one: a system's id, "hub" … */
  z.strictObject({
    ...{ ...At, answer: z.string(), field: z.string().optional() },
    /** It is an answer to what was shown then. */
    shownAt: Time.optional(),
  }),
  z.strictObject({ ...At, approve: z.literal(true) }),
]);
export type WorldEvent = z.infer<typeof Event>;

const Fault = z.strictObject({
  /** The n-th step of the engines, from 0; or a place, and the how many-th time there. */
  step: z.int().nonnegative().optional(),
  place: z.string().optional(),
  time: z.int().positive().default(1),
  do: z.enum(["crash", "fail", "stall"]),
});
export type WorldFault = z.infer<typeof Fault>;

const World = z.strictObject({
  world: z.literal(1),
  map: MapOf,
  systems: z.record(z.string(), WorldSystem),
  events: z.array(Event).default([]),
  faults: z.array(Fault).default([]),
});
export type World = Omit<z.infer<typeof World>, "map"> & {
  readonly map: MapDocument;
  /** The maps that events publish, in the events' order. */
  readonly published: readonly MapDocument[];
};

/** @throws Error which says what is wrong with the file */
export async function readWorld(path: string): Promise<World> {
  const read = World.safeParse(parse(await readFile(path, "utf8")));
  if (!read.success) throw new Error(`${path}: ${z.prettifyError(read.error)}`);
  const mapOf = (map: z.infer<typeof MapOf>) => readMap(resolve(dirname(path)), map);
  const published: MapDocument[] = [];
  for (const event of read.data.events) {
    if ("publish" in event) published.push(await mapOf(event.publish));
  }
  return { ...read.data, map: await mapOf(read.data.map), published };
}

async function readMap(folder: string, map: z.infer<typeof MapOf>): Promise<MapDocument> {
  const text =
    typeof map === "string" ? await readFile(resolve(folder, map), "utf8") : stringify(map);
  const parsed = parseMapFile(text);
  if (parsed.ok) return parsed.file.document;
  const problems = parsed.problems.map(({ line, path, message }) => `${line}: ${path} ${message}`);
  throw new Error(`The map cannot be read: ${problems.join("; ")}`);
}

/** The systems of a world, said alone. @returns a sentence where it is no such thing */
export function readSystems(value: unknown): Record<string, WorldSystem> | string {
  const read = z.record(z.string(), WorldSystem).safeParse(value);
  return read.success ? read.data : z.prettifyError(read.error);
}

/** What is a time wherever it stands; cells are never numbers. */
const TIMES: ReadonlySet<string> = new Set([
  ...["at", "for", "lateBy", "shownAt", "connectedAt", "callsTake"],
  ...["every", "sweepEvery", "stamps", "clockAhead", "clockBehind", "behind"],
]);

/** A world as its file has it, but for maps that its events publish. */
export function writeWorld({ map, systems, events, faults }: World) {
  const timed = { systems: withUnits(systems), events: withUnits(events) };
  return { ...timed, world: 1, map, faults };
}

function withUnits(value: unknown, name = ""): unknown {
  if (typeof value === "number" && TIMES.has(name)) return `${value}ms`;
  if (Array.isArray(value)) return value.map((one) => withUnits(one));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withUnits(part, key)]),
  );
}
