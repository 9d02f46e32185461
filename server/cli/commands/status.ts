import type { Command } from "commander";
import { z } from "zod";
import { LIMITS } from "../../core/limits.ts";
import { createMapCache } from "../../engine/map-cache.ts";
import { shapeOf } from "../../engine/shape.ts";
import { createWake } from "../../engine/wake.ts";
import { driftedObjects } from "../../storage/current-map.ts";
import { CHANNEL } from "../../storage/notify.ts";
import { type Activity, readActivity } from "../../storage/screens/command-line.ts";
import { listSystems } from "../../storage/systems.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner, wholeNumber } from "../define.ts";
import { CliProblem, EXIT } from "../exit-code.ts";
import { type Expected, Measurements, whyBusy } from "../idle.ts";
import { count, table } from "../table.ts";

/** Between two looks when nothing is told meanwhile. */
const LOOK_MS = 500;
/** A measurement this long after the beginning covers everything committed before it. */
const SETTLE_MS = 500;
const TIMEOUT_S = 60;

export function addStatusCommands(program: Command, run: Runner): void {
  define(program, run, {
    usage: "status",
    summary: "what the hub is doing; with --wait idle, until nothing is left to do",
    describe: (command) =>
      command
        .option("--wait <state>", 'wait until "idle"')
        .option("--timeout <seconds>", "how long to wait", wholeNumber, TIMEOUT_S),
    options: z.object({ wait: z.string().optional(), timeout: z.number() }),
    async act(cli, _words, { wait, timeout }) {
      if (wait === undefined) {
        const state = await look(cli);
        return answerOf(state, whyBusy(state.activity, state.expected));
      }
      if (wait === "idle") return await waitForIdle(cli, timeout);
      throw new CliProblem(EXIT.usage, `"${wait}" is no state to wait for; "idle" is.`);
    },
  });
}

type State = { readonly activity: Activity; readonly expected: Expected };

/** Everything as of one moment, so that work that moves on cannot be missed between two queries. */
async function look({ hub }: CliContext): Promise<State> {
  const state = await hub.sql.begin("isolation level repeatable read read only", async (tx) => {
    const activity = await readActivity(tx, LIMITS.leaseMs);
    const [systems, drifted] = [await listSystems(tx), await driftedObjects(tx)];
    return { activity, systems, drifted };
  });
  const map = await createMapCache(hub).current();
  const objects = new Map<string, Map<string, string>>();
  for (const { binding } of map?.bindings.values() ?? []) {
    const of = objects.get(binding.system) ?? new Map<string, string>();
    objects.set(binding.system, of);
    if (map !== null) of.set(binding.object, shapeOf(map, binding.system, binding.object));
  }
  const named = (is: (row: (typeof state.systems)[number]) => boolean) =>
    new Set(state.systems.filter(is).map(({ id }) => id));
  const failing = state.systems.flatMap(({ id, failure }) =>
    failure === null ? [] : [[id, failure.detail] as const],
  );
  return {
    activity: state.activity,
    expected: {
      objects,
      readingPaused: named((row) => row.readingPaused),
      writingPaused: named((row) => row.writingPaused),
      drifted: state.drifted,
      failing: new Map(failing),
    },
  };
}

async function waitForIdle(cli: CliContext, timeoutS: number): Promise<Answer> {
  const start = cli.clock.monotonicMs();
  const measurements = new Measurements();
  const wake = createWake();
  const listener = await cli.hub.sql.listen(CHANNEL, () => wake.call());
  try {
    for (;;) {
      const seen = wake.count();
      const passed = cli.clock.monotonicMs() - start;
      const state = await look(cli);
      measurements.note(state.activity.captures, passed >= SETTLE_MS);
      const reasons = [
        ...whyBusy(state.activity, state.expected),
        ...unmeasured(state, measurements),
      ];
      if (reasons.length === 0) return answerOf(state, []);
      if (cli.signal.aborted || passed >= timeoutS * 1_000) throw outOfTime(timeoutS, reasons);
      const rest = Math.max(1, timeoutS * 1_000 - passed);
      await wake.wait(seen, Math.min(LOOK_MS, rest), cli.signal);
      // News come in bursts: one look for all of them.
      await cli.clock.sleep(Math.min(50, rest), cli.signal).catch(() => undefined);
    }
  } finally {
    await listener.unlisten();
  }
}

/** Systems whose lag was not measured since the command began. */
function unmeasured({ expected }: State, measurements: Measurements): string[] {
  return [...expected.objects.keys()]
    .filter((system) => !expected.readingPaused.has(system) && !measurements.isFresh(system))
    .map((system) => `How far ${system} has been read is being measured.`);
}

function outOfTime(timeoutS: number, reasons: readonly string[]): CliProblem {
  const message = [`Not idle after ${timeoutS} s:`, ...reasons].join("\n");
  return new CliProblem(EXIT.timeout, message, { reasons });
}

function answerOf({ activity, expected }: State, reasons: readonly string[]): Answer {
  const { engines, conflicts, quarantine, waiting } = activity;
  const systems = [...expected.objects.keys()].map((system) => {
    const capture = activity.captures.find((one) => one.system === system);
    const none = { due: 0, sent: 0, parked: 0 };
    const work = activity.deliveries.find((one) => one.system === system) ?? none;
    const { due, sent, parked } = work;
    return {
      ...{ system, due, sent, parked },
      lagBytes: capture?.lagBytes ?? null,
      lagSeconds: capture?.lagSeconds ?? null,
      readingPaused: expected.readingPaused.has(system),
      writingPaused: expected.writingPaused.has(system),
      failure: expected.failing.get(system) ?? null,
      comparing: capture?.comparing?.detail ?? null,
    };
  });
  const data = {
    ...{ idle: reasons.length === 0, reasons, engines, conflicts, quarantine, waiting },
    systems,
  };
  const rows = systems.map((one) => [
    one.system,
    pauseWords(one),
    behindWords(one),
    `${one.due} due`,
    `${one.sent} sent`,
    `${one.parked} held`,
  ]);
  const lines = [
    `${count(engines, "engine")} running.`,
    ...table(rows),
    `${count(conflicts, "open conflict")}, ${quarantine} in quarantine, ${waiting} to approve.`,
    ...(reasons.length === 0 ? ["Idle: nothing is left to do."] : reasons),
  ];
  return { data, lines };
}

function behindWords(of: { lagSeconds: number | null; lagBytes: number | null }): string {
  if (of.lagBytes === null) return "not read yet";
  const bytes = count(of.lagBytes, "byte");
  return of.lagSeconds === null ? `${bytes} behind` : `${of.lagSeconds} s, ${bytes} behind`;
}

function pauseWords(of: {
  readingPaused: boolean;
  writingPaused: boolean;
  failure: string | null;
  comparing: string | null;
}) {
  if (of.failure !== null) return "failing";
  if (of.comparing !== null) return "being compared";
  if (of.readingPaused && of.writingPaused) return "paused";
  if (of.readingPaused) return "reading paused";
  return of.writingPaused ? "writing paused" : "works";
}
