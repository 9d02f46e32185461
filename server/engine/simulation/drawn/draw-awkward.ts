import type { Binding, Entity, Field, MapDocument } from "../../../core/map/document.ts";
import { createSeededRandom } from "../../../platform/random.ts";
import { type Dice, makeDice } from "../dice.ts";
import { readWorld, type World, type WorldEvent, type WorldSystem } from "../world-file.ts";
import type { Drawn } from "./play-drawn.ts";

const PATH = new URL("../../../../docs/worlds/awkward-shop.yaml", import.meta.url).pathname;

const LARGER = "max(values)";

/**
 * A map with rules that the seeds' maps do not have, between a plain ERP and a shop with habits;
 * what befalls systems as a whole, and what people do in the hub.
 */
export async function drawAwkward(seed: number): Promise<Drawn> {
  const dice = makeDice(createSeededRandom(seed ^ 0xa3c4a2d));
  const { map, systems } = structuredClone(await readWorld(PATH));
  for (const entity of map.entities) drawRules(dice, entity);
  for (const binding of map.bindings) drawEnds(dice, binding);
  for (const system of Object.values(systems)) emptySystem(system);
  const { erp, shop } = systems;
  if (erp === undefined || shop === undefined) throw new Error(`${PATH} has no ERP and shop.`);
  if (map.bindings.some(({ archive }) => archive !== undefined)) addState(map, erp, shop);
  drawHabits(dice, shop);
  return { document: map, systems, also: (world) => befall(dice, world) };
}

function emptySystem(system: WorldSystem): void {
  for (const object of Object.values(system.objects)) object.rows = [];
}

function drawRules(dice: Dice, entity: Entity): void {
  const [, name, price] = entity.fields;
  if (name === undefined || price === undefined) throw new Error("The map has three fields.");
  name.policy = { kind: dice.pick(["newest", "review", "ranked", "longest", "min"] as const) };
  price.policy = drawPolicy(dice);
  if (dice.chance(0.3)) name.validation = [{ kind: "unique", severity: drawSeverity(dice) }];
  if (dice.chance(0.3)) entity.rules = [aboveNothing(dice)];
  if (dice.chance(0.25)) {
    const [policy, fields] = [
      { kind: dice.pick(["newest", "review"] as const) },
      ["name", "price"],
    ];
    entity.groups = [{ id: "offer", name: "Offer", fields, policy }];
    for (const field of [name, price]) field.policy = { kind: "review" };
  }
}

const drawSeverity = (dice: Dice) => dice.pick(["record", "field", "warn"] as const);

function drawPolicy(dice: Dice): Field["policy"] {
  const kind = dice.pick(["newest", "ranked", "max", "expression"] as const);
  return kind === "expression" ? { kind, expression: LARGER } : { kind };
}

function aboveNothing(dice: Dice) {
  return {
    ...{ id: "above-nothing", kind: "expression" as const, severity: drawSeverity(dice) },
    ...{ expression: "price > 0", says: "A price is above 0." },
  };
}

function drawEnds(dice: Dice, binding: Binding): void {
  binding.whenRowGone = dice.pick(["delete", "unlink", "review"]);
  binding.whenRecordDeleted = dice.pick(["delete", "leave", "review", "archive"]);
  if (binding.whenRecordDeleted === "archive") {
    binding.archive = { column: "state", value: "gone", back: dice.pick(["here", null]) };
  }
  if (dice.chance(0.4)) {
    binding.massChange = {
      gone: { rows: 1, percent: 20 },
      ...(dice.chance(0.5) && { cleared: { rows: 1, percent: 20 } }),
      ...(dice.chance(0.5) && { changed: { rows: 1, percent: 20 } }),
    };
  }
}

/** The column that says what is put away. */
function addState(map: MapDocument, ...systems: readonly WorldSystem[]): void {
  const objects = new Set(map.bindings.map(({ object }) => object));
  for (const system of systems) {
    for (const [name, object] of Object.entries(system.objects)) {
      const text = { type: "text" as const, required: false, generated: false };
      if (objects.has(name)) object.columns = { ...object.columns, state: text };
    }
  }
}

function drawHabits(dice: Dice, { traits }: WorldSystem): void {
  const habits: readonly (() => void)[] = [
    () => {
      traits.uppercases = ["items.name"];
    },
    () => {
      traits.truncates = { "items.name": 3 };
    },
    () => {
      traits.rounds = { "items.price": 1 };
    },
    () => {
      traits.computes = { "items.label": "{name} at {price}" };
      traits.counts = ["items.changes"];
    },
    () => {
      traits.refuses = { "items.price": ["1", "2"] };
    },
    () => {
      traits.lies = dice.pick([2, 3]);
    },
    () => {
      traits.writesAtOnce = true;
    },
    () => {
      traits.forgetsOutcomes = true;
    },
    () => {
      traits.callsTake = dice.pick([500, 3_000]);
    },
  ];
  Object.assign(traits, { uppercases: [], rounds: {}, computes: {}, counts: [], refuses: {} });
  for (const habit of habits) if (dice.chance(0.2)) habit();
}

/** What befalls systems as a whole, and people who approve what waits for it. */
function befall(dice: Dice, world: World): World {
  for (const system of Object.values(world.systems)) takenBy(system);
  const until = Math.max(0, ...world.events.map(({ at }) => at)) + 20_000;
  const at = () => dice.random.integer(1, Math.ceil(until / 500)) * 500;
  const system = () => dice.pick(["erp", "shop"]);
  const events: WorldEvent[] = [];
  if (dice.chance(0.3)) events.push({ at: at(), down: system(), for: dice.pick([2_000, 40_000]) });
  if (dice.chance(0.3)) events.push({ at: at(), cut: system() });
  if (dice.chance(0.4)) events.push({ at: at(), approve: true });
  return { ...world, events: [...world.events, ...events] };
}

/** A system has no rows that it refuses. */
function takenBy({ objects, traits: { refuses } }: WorldSystem): void {
  for (const [name, object] of Object.entries(objects)) {
    object.rows = object.rows.filter((row) =>
      Object.entries(row).every(
        ([column, cell]) => !(refuses[`${name}.${column}`] ?? []).includes(cell),
      ),
    );
  }
}
