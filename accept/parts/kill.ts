import { createSeededRandom, type Random } from "../../server/platform/random.ts";
import { checkJournal } from "../checker/check-sandbox.ts";
import { readSandbox } from "../checker/sandbox-rows.ts";
import { workOn } from "../editors/people.ts";
import { allOf } from "../figure.ts";
import { decideQueue } from "../stage/decide-queue.ts";
import { openSandboxStage, type SandboxStage } from "../stage/sandbox-stage.ts";
import { addressesOf, agreementFigures, settleAndCheck, verifyFigure } from "../stage/settle.ts";
import { keysOf, queueFigure, storyFigures } from "../stage/story.ts";
import { quietFigure } from "../stage/writes.ts";
import type { Part } from "./part.ts";

const EDITS = 20_000;
const EDITS_PER_SECOND = 130;
const KILLS = 30;
const QUIET_S = 60;
const ENGINES = ["engine-1", "engine-2"] as const;

/**
 * Engines are killed in the middle of what they do, and the hub's own database too, while people
 * edit all three systems. Afterwards an independent checker looks for every single edit.
 */
export const kill: Part = {
  name: "kill",
  async run({ scale, seed, say }) {
    const stage = await openSandboxStage({ engines: ENGINES, apart: true });
    try {
      const random = createSeededRandom(seed);
      const edits = Math.round(EDITS * scale);
      const kills = Math.max(3, Math.round(KILLS * scale));
      say(`kill: ${edits} edits in three systems, ${kills} kills, seed ${seed}`);
      const before = await readSandbox(addressesOf(stage));
      const since = Date.now();
      const killer = makeKiller(stage, random, { edits, kills });
      const journal = await workOn(
        { systems: stage.systems, random, ...(await keysOf(stage)) },
        { edits, editsPerSecond: EDITS_PER_SECOND, onEdit: killer.onEdit },
      );
      await killer.done();
      say(`kill: ${journal.length} edits made; ${killer.words()}`);
      const story = { journal, before, since };
      const asked = checkJournal(await settleAndCheck(stage), story);
      const queue = await decideQueue(stage);
      const checked = await settleAndCheck(stage);
      return [
        allOf("kill", `kills by SIGKILL; ${killer.words()}`, { found: killer.count(), of: kills }),
        ...storyFigures("kill", checked, story, asked.lost),
        ...agreementFigures("kill", checked),
        queueFigure("kill", queue, checked),
        await verifyFigure("kill", stage),
        await quietFigure("kill quiet", stage, Math.max(5, QUIET_S * scale)),
      ];
    } finally {
      await stage.stop();
    }
  },
};

type Killer = {
  onEdit(done: number): void;
  /** All that was to be killed is dead, and everything runs again. */
  done(): Promise<void>;
  count(): number;
  words(): string;
};

/** Kills at random moments, told by how many edits were begun; once it is the hub's database. */
function makeKiller(
  stage: SandboxStage,
  random: Random,
  of: { readonly edits: number; readonly kills: number },
): Killer {
  const moments = Array.from({ length: of.kills }, () => random.integer(1, of.edits));
  const left = moments.toSorted((a, b) => a - b);
  const database = random.integer(0, of.kills - 1);
  const counts = { kills: 0, busy: 0 };
  let working: Promise<void> = Promise.resolve();
  const strike = async (number: number) => {
    if (number === database) {
      await restartHub(stage);
    } else {
      counts.busy += await openAttempts(stage);
      const victims = random.integer(1, 6) === 1 ? ENGINES : [ENGINES[random.integer(0, 1)]];
      await Promise.all(victims.map((name) => stage.engines.kill(name ?? ENGINES[0])));
    }
    counts.kills += 1;
  };
  let begun = 0;
  return {
    onEdit(done) {
      while ((left[0] ?? Number.POSITIVE_INFINITY) <= done) {
        left.shift();
        const number = begun;
        begun += 1;
        working = working.then(() => strike(number));
      }
    },
    done: () => working,
    count: () => counts.kills,
    words: () =>
      `${counts.busy} of them while writes to a system were open, 1 of the hub's database; ` +
      `${stage.engines.endedAlone()} engines ended by themselves`,
  };
}

async function openAttempts({ hub }: SandboxStage): Promise<number> {
  const [row] = await hub.sql<{ open: number }[]>`
    select (count(*) > 0)::int as open from attempts`;
  return row?.open ?? 0;
}

/** The hub's database dies and comes back, as the supervisor brings it back. */
async function restartHub({ server }: SandboxStage): Promise<void> {
  process.kill(server.pid, "SIGKILL");
  while (server.isAlive()) await new Promise((resolve) => setTimeout(resolve, 10));
  await server.start();
}
