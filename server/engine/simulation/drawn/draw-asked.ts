import type { Binding } from "../../../core/map/document.ts";
import { createSeededRandom } from "../../../platform/random.ts";
import { type Dice, makeDice } from "../dice.ts";
import { readWorld, type WorldReads } from "../world-file.ts";
import type { Drawn } from "./play-drawn.ts";

const PATH = new URL("../../../../docs/worlds/asked-shop.yaml", import.meta.url).pathname;

/** A map between systems of which one or both have no log, each with habits of its own. */
export async function drawAsked(seed: number): Promise<Drawn> {
  const dice = makeDice(createSeededRandom(seed ^ 0xa5ced));
  const { map, systems } = structuredClone(await readWorld(PATH));
  for (const field of map.entities.flatMap(({ fields }) => fields)) {
    if (field.id === "sku") continue;
    const kinds = ["newest", "review", "ranked", "longest"] as const;
    field.policy = { kind: dice.pick(kinds.slice(0, field.type === "text" ? 4 : 3)) };
  }
  for (const binding of map.bindings) drawEnds(dice, binding);
  // Nothing but the order of what is told says whose a row is then; and one whose create was not
  // answered is known again by what was sent alone, so that it must not be re-spelt.
  const isKeyless = dice.chance(0.3);
  for (const entity of map.entities) if (isKeyless) entity.matchKeys = [];
  for (const [id, system] of Object.entries(systems)) {
    for (const object of Object.values(system.objects)) object.rows = [];
    delete system.traits.reads;
    if (id === "shop" || dice.chance(0.3)) system.traits.reads = drawReads(dice);
    if (id !== "shop" || isKeyless) continue;
    if (dice.chance(0.4)) system.traits.truncates = { "items.name": 3 };
    if (dice.chance(0.3)) system.traits.uppercases = ["items.name"];
  }
  return { document: map, systems };
}

function drawEnds(dice: Dice, binding: Binding): void {
  binding.whenRowGone = dice.pick(["delete", "unlink", "review"]);
  binding.whenRecordDeleted = dice.pick(["delete", "leave", "review"]);
}

function drawReads(dice: Dice): WorldReads {
  return {
    ...(dice.chance(0.3) ? {} : { every: dice.pick([1_000, 5_000]) }),
    sweepEvery: dice.pick([10_000, 20_000]),
    stamps: dice.pick([1, 1_000, 5_000]),
    clockAhead: dice.pick([0, 0, 3_000]),
    clockBehind: dice.pick([0, 0, 30_000]),
    thin: dice.chance(0.3),
    callRows: dice.pick([1, 2, 1_000]),
    wholeCalls: dice.chance(0.3),
    replaces: dice.chance(0.3),
    silent: dice.chance(0.2),
  };
}
