import { setTimeout as pause } from "node:timers/promises";
import type { Random } from "../../server/platform/random.ts";
import type { SandboxStage } from "../stage/sandbox-stage.ts";
import type { Way } from "../stage/way.ts";
import type { Volume } from "./volume.ts";

/** What can be struck. */
export type Ground = {
  readonly stage: SandboxStage;
  readonly engines: readonly string[];
  readonly hub: Way;
  readonly systems: Way;
  readonly volume: Volume;
};

type Strike = {
  readonly name: string;
  /** How often it is drawn, against the others. */
  readonly weight: number;
  run(ground: Ground, random: Random): Promise<void>;
};

const STRIKES: readonly Strike[] = [
  {
    name: "engine killed",
    weight: 8,
    run: ({ stage, engines }, random) => stage.engines.kill(pick(random, engines)),
  },
  {
    name: "all engines killed",
    weight: 2,
    async run({ stage, engines }) {
      await Promise.all(engines.map((name) => stage.engines.kill(name)));
    },
  },
  { name: "hub's database killed", weight: 1, run: ({ stage }) => killHub(stage) },
  {
    name: "hub cut off",
    weight: 3,
    run: ({ hub }, random) => during(hub, "cut", random.integer(50, 3_000)),
  },
  {
    name: "systems cut off",
    weight: 4,
    run: ({ systems }, random) => during(systems, "cut", random.integer(50, 5_000)),
  },
  {
    name: "systems silent",
    weight: 2,
    run: ({ systems }, random) => during(systems, "hush", random.integer(3_000, 20_000)),
  },
  {
    name: "hub silent",
    weight: 1,
    run: ({ hub }, random) => during(hub, "hush", random.integer(3_000, 15_000)),
  },
  { name: "hub's disk full", weight: 1, run: fillDisk },
];

/**
 * Strikes one after the other, until it is told to end and has done each once; each heals what it
 * broke.
 */
export function beginWeather(ground: Ground, random: Random): { end(): Promise<string> } {
  const counts = new Map<string, number>();
  let isOver = false;
  const weather = (async () => {
    while (!isOver || counts.size < STRIKES.length) {
      const strike = draw(random, counts);
      await strike.run(ground, random);
      counts.set(strike.name, (counts.get(strike.name) ?? 0) + 1);
      await pause(random.integer(500, 8_000));
    }
  })();
  return {
    async end() {
      isOver = true;
      await weather;
      return [...counts].map(([name, count]) => `${count} × ${name}`).join(", ");
    },
  };
}

/** What has not happened yet comes first, so that even a short storm has all of it. */
function draw(random: Random, counts: ReadonlyMap<string, number>): Strike {
  const fresh = STRIKES.filter(({ name }) => !counts.has(name));
  const from = fresh.length > 0 ? fresh : STRIKES.flatMap((one) => Array(one.weight).fill(one));
  return pick(random, from as readonly Strike[]);
}

function pick<T>(random: Random, list: readonly T[]): T {
  const one = list[random.integer(0, list.length - 1)];
  if (one === undefined) throw new Error("There is nothing to choose from.");
  return one;
}

async function during(way: Way, what: "cut" | "hush", ms: number): Promise<void> {
  way[what]();
  await pause(ms);
  way.heal();
}

/** The hub's database dies and comes back, as the supervisor brings it back. */
async function killHub(stage: SandboxStage): Promise<void> {
  await endHub(stage, "SIGKILL");
  await stage.server.start();
}

/** Its files stay. */
export async function endHub(
  { server }: SandboxStage,
  signal: "SIGKILL" | "SIGINT",
): Promise<void> {
  if (server.isAlive()) process.kill(server.pid, signal);
  while (server.isAlive()) await pause(10);
}

const FULL_MS = 8_000;

/** A server without room may end itself: it comes back when there is some again. */
async function fillDisk({ stage, volume }: Ground): Promise<void> {
  volume.fill();
  await pause(FULL_MS);
  volume.empty();
  if (!stage.server.isAlive()) await stage.server.start();
}
