import type { Binding, MapDocument } from "../../../core/map/document.ts";
import { compileMap } from "../../../core/plan/compile-map.ts";
import type { Columns } from "../../../core/values/field-value.ts";
import { createSeededRandom } from "../../../platform/random.ts";
import { type Dice, makeDice } from "../dice.ts";
import { schemaOf } from "../play-world.ts";
import type { World, WorldEvent, WorldFault, WorldSystem } from "../world-file.ts";
import { Cells } from "./cells.ts";

/** Things that the systems have rows of: few, so that rows meet. */
const THINGS = [1, 2, 3];
const STEPS_MAX = 90;

/** A schedule of one map: rows that there are, what people do and when, and what goes wrong. */
export function drawWorld(
  document: MapDocument,
  systems: Readonly<Record<string, WorldSystem>>,
  seed: number,
): World {
  const dice = makeDice(createSeededRandom(seed));
  const cells = new Cells(dice, compile(document, systems));
  const next = structuredClone(systems) as Record<string, WorldSystem>;
  for (const [id, system] of Object.entries(next)) {
    if (dice.chance(0.15)) system.connectedAt = dice.random.integer(1, 6) * 1_000;
    if (dice.chance(0.2)) system.traits.redelivers = dice.pick([0, 3]);
    for (const binding of document.bindings.filter((one) => one.system === id)) {
      const rows = system.objects[binding.object]?.rows;
      if (rows === undefined || rows.length > 0) continue;
      for (const thing of THINGS.slice(0, dice.random.integer(0, 2))) {
        rows.push(asCells(cells.newRow(binding, thing)));
      }
    }
  }
  return {
    ...{ world: 1, map: document, published: [], systems: next },
    events: withHints(dice, systems, eventsOf(dice, cells, document)),
    faults: [
      ...Array.from({ length: dice.random.integer(0, 3) }, () => faultOf(dice)),
      ...answerFaults(dice, systems),
    ],
  };
}

/** Where what a system without a log is told, and what it tells, may pass one another. */
const ANSWER_PLACES = [
  ...["intents committed", "write after", "write after", "written, not committed"],
  ...["answers kept, not committed", "readByIds after", "changed after"],
];

function answerFaults(dice: Dice, systems: Readonly<Record<string, WorldSystem>>): WorldFault[] {
  const isAsked = Object.values(systems).some(({ traits }) => traits.reads !== undefined);
  if (!isAsked) return [];
  return Array.from({ length: dice.random.integer(0, 3) }, () => ({
    ...{ place: dice.pick(ANSWER_PLACES), time: dice.random.integer(1, 5) },
    do: dice.pick(["stall", "stall", "fail", "crash"] as const),
  }));
}

/** The map with the systems' own types. */
export function compile(document: MapDocument, systems: Readonly<Record<string, WorldSystem>>) {
  return compileMap(1, document, (system, name) => {
    const object = systems[system]?.objects[name];
    return object === undefined ? null : schemaOf(name, object);
  });
}

function eventsOf(dice: Dice, cells: Cells, { bindings }: MapDocument): WorldEvent[] {
  const bound = bindings.filter(({ edges }) => edges.length > 0);
  if (bound.length === 0) return [];
  let at = 3_000;
  return Array.from({ length: dice.random.integer(1, 6) }, () => {
    // Often at the same moment as the one before, else while it is on its way, or long after.
    at += dice.pick([0, 0, 500, 1_000, 20_000]);
    return { at, ...actOf(dice, cells, dice.pick(bound)) };
  });
}

/** What a system without a log tells of the edits there: late, twice, of other rows, or nothing. */
function withHints(
  dice: Dice,
  systems: Readonly<Record<string, WorldSystem>>,
  events: readonly WorldEvent[],
): WorldEvent[] {
  const hints = events.flatMap((event) => {
    if (!("system" in event) || systems[event.system]?.traits.reads === undefined) return [];
    const { system, object, at } = event;
    return Array.from({ length: dice.pick([0, 1, 1, 2]) }, () => ({
      ...{ at: at + dice.pick([0, 0, 500, 3_000]), system, hint: String(dice.pick(THINGS)) },
      ...(object !== undefined && { object }),
    }));
  });
  return [...events, ...hints, ...floods(dice, systems, events)];
}

/** Now and then such a system tells of all of its rows for a while, again and again. */
function floods(
  dice: Dice,
  systems: Readonly<Record<string, WorldSystem>>,
  events: readonly WorldEvent[],
): WorldEvent[] {
  const asked = Object.keys(systems).filter((id) => systems[id]?.traits.reads !== undefined);
  return asked.flatMap((system) => {
    if (dice.chance(0.5)) return [];
    const begun = dice.pick(events.map(({ at }) => at));
    return Array.from({ length: 8 }, (_, turn) => begun + turn * 500).flatMap((at) =>
      THINGS.map((thing) => ({ at, system, hint: String(thing) })),
    );
  });
}

function actOf(dice: Dice, cells: Cells, binding: Binding) {
  const { system, object } = binding;
  const id = String(dice.pick(THINGS));
  const kind = dice.weigh([
    [8, "edit"],
    [1.5, "insert"],
    [0.7, "delete"],
  ]);
  if (kind === "insert") {
    return { system, object, insert: asCells(cells.newRow(binding, dice.pick(THINGS))) };
  }
  if (kind === "delete") return { system, object, delete: id };
  return {
    system,
    object,
    update: id,
    set: asCells(cells.typed(binding, dice.pick(binding.edges))),
  };
}

function faultOf(dice: Dice): WorldFault {
  const step = dice.random.integer(0, STEPS_MAX);
  return { step, time: 1, do: dice.pick(["crash", "fail", "stall", "stall"]) };
}

/** As a world file has them: what is neither text, truth nor nothing is left out. */
function asCells(columns: Columns): Record<string, string | boolean | null> {
  const cells = Object.entries(columns).filter(
    (cell): cell is [string, string | boolean | null] =>
      cell[1] === null || typeof cell[1] !== "object",
  );
  return Object.fromEntries(cells);
}
