import { openHub } from "../../../db/client.ts";
import { playMadeBeside } from "./made-beside.ts";
import { playNamed } from "./named-world.ts";
import { onOwnDatabase } from "./own-database.ts";
import { playSmall } from "./play-small.ts";
import { playWorld } from "./play-world.ts";
import { playReferences } from "./reference-world.ts";
import { MERGED, readInDoubt, type SmallScript } from "./scripts.ts";
import { readWorld } from "./world-file.ts";

/**
 * What the themes of the seeds do not come to: worlds of their own, each with a check of its own.
 * Each is played with a seed and says what is wrong.
 */
export const SCENES = {
  /** Records that refer to one another, with more of them and accidents by the seed. */
  references: playReferences,
  /** The same, where they are named by codes that change. */
  "named-references": playNamed,
  /** Somebody makes a row in the target a moment before us. */
  "made-beside": playMadeBeside,
  /** Without dice, as what follows: the same for every seed. */
  "inherited-id": playInheritedId,
  unconditional: playUnconditional,
  "written-over": playWrittenOver,
  "read-in-doubt": playReadInDoubt,
  /** Without dice: ids are given up and taken by others at once. */
  "reused-ids": playReusedIds,
  /** Without dice: the second row of a merge is edited before anybody has seen it. */
  merged: playMerged,
} as const satisfies Readonly<Record<string, (url: string, seed: number) => Promise<string[]>>>;
export type SceneName = keyof typeof SCENES;
export const SCENE_NAMES = Object.keys(SCENES) as SceneName[];

/**
 * Plays a scene with some seeds, up to the first that fails, and prints that as themes do.
 * @returns how many failed
 */
export async function playScene(name: SceneName, first: number, count: number): Promise<number> {
  return await onOwnDatabase(async (url) => {
    for (let seed = first; seed < first + count; seed += 1) {
      const problems = await SCENES[name](url, seed);
      if (problems.length === 0) continue;
      const lines = [`Seed ${seed} (${name}) failed:`, ...problems.map((one) => `  ${one}`)];
      process.stdout.write(`${lines.join("\n")}\n`);
      return 1;
    }
    process.stdout.write(`${count} seeds of ${name}, none failed.\n`);
    return 0;
  });
}

/** The row that got the id of a deleted one must wait, and change nobody meanwhile. */
async function playInheritedId(url: string, _seed: number): Promise<string[]> {
  const result = await playWorld(url, await readWorld(INHERITED_ID));
  const waits = result.held.some(({ state, code }) => state === "held" && code === "id-reused");
  const skus = Object.values(result.systems["erp"]?.["products"] ?? {}).map(({ sku }) => sku);
  return [
    ...(waits ? [] : ["Nobody is asked whether the row is another one."]),
    ...(skus.join() === "A-1,B-2" ? [] : [`The ERP has ${skus.join(", ")}.`]),
  ];
}

/** The shop's edit was there before we wrote: it must have lost by a rule, not by being covered. */
async function playUnconditional(url: string, _seed: number): Promise<string[]> {
  const { audit } = await playWorld(url, await readWorld(UNCONDITIONAL));
  const losers = audit.flatMap((line) => line.losers ?? []);
  const isTold = losers.some(({ from, value }) => from === "system:shop" && value === "12");
  return isTold ? [] : ["What the shop had was written over, and nobody was told."];
}

const UNCONDITIONAL = new URL("../../../docs/worlds/unconditional-shop.yaml", import.meta.url)
  .pathname;

/** Our write went over the shop's edit: it must still be there to be chosen. */
async function playWrittenOver(url: string, _seed: number): Promise<string[]> {
  const { problems, questions } = await playWorld(url, await readWorld(WRITTEN_OVER));
  const open = questions.filter(({ state }) => state === "open");
  const isAsked = open.some(({ candidates }) => candidates.some(({ value }) => value === "Hawser"));
  const lost = "What the shop had was written over, and is not asked.";
  return [...problems, ...(isAsked ? [] : [lost])];
}

const WRITTEN_OVER = new URL("../../../docs/worlds/written-over.yaml", import.meta.url).pathname;

const INHERITED_ID = new URL("../../../docs/worlds/reused-id.yaml", import.meta.url).pathname;

/** Nothing of it is a question, and nothing is refused for good. */
async function playReusedIds(url: string, _seed: number): Promise<string[]> {
  const { problems, questions, held } = await playWorld(url, await readWorld(REUSED_IDS));
  return [...problems, ...[...questions, ...held].map((one) => JSON.stringify(one))];
}

const REUSED_IDS = new URL("../../../docs/worlds/reused-ids.yaml", import.meta.url).pathname;

function playReadInDoubt(url: string, _seed: number): Promise<string[]> {
  return playScript(url, readInDoubt());
}

function playMerged(url: string, _seed: number): Promise<string[]> {
  return playScript(url, MERGED);
}

async function playScript(url: string, script: SmallScript): Promise<string[]> {
  const hub = openHub(url, 4);
  try {
    const { problems } = await playSmall(hub, script, null);
    return [...problems];
  } finally {
    await hub.close();
  }
}
