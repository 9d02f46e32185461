import type { Command } from "commander";
import { z } from "zod";
import { LIMITS } from "../../core/limits.ts";
import { dismiss, type ReplayOutcome, replay } from "../../engine/acts/quarantine.ts";
import { startReplay, stepReplay, stopReplay } from "../../engine/acts/replay-run.ts";
import { takeUp } from "../../engine/acts/take-up.ts";
import { createWake } from "../../engine/wake.ts";
import { listReplays } from "../../storage/replays.ts";
import { type HeldLine, isUuid, listHeld } from "../../storage/screens/command-line.ts";
import { type LetBeLine, letBeLines } from "../../storage/screens/let-be.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner, wholeNumber } from "../define.ts";
import { CliProblem, EXIT, unknown } from "../exit-code.ts";

const SHOWN_MAX = 50;
const FILTER = {
  entity: z.string().optional(),
  system: z.string().optional(),
  code: z.string().optional(),
};

function describeFilter(command: Command): Command {
  return command
    .option("--entity <id>", "only of this entity")
    .option("--system <id>", "only of this system")
    .option("--code <code>", "only with this cause");
}

export function addQuarantineCommands(program: Command, run: Runner): void {
  define(program, run, {
    usage: "quarantine",
    summary: "list what is held: values, rows and writes that a rule or a system refuses",
    describe: (command) =>
      describeFilter(command)
        .option("--let-be", "instead: what was dismissed and is let be still")
        .option("--limit <count>", "how many at most", wholeNumber, SHOWN_MAX),
    options: z.object({ ...FILTER, letBe: z.boolean().default(false), limit: z.number() }),
    async act({ hub }, _words, { entity = null, system = null, code = null, letBe, limit }) {
      const of = { entity, system, countMax: limit };
      if (letBe) return listOfLetBe(await letBeLines(hub.sql, { ...of, titles: {} }));
      const list = await listHeld(hub.sql, { ...of, code });
      const lines = list.map(heldLine);
      return { data: list, lines: lines.length === 0 ? ["Nothing is held."] : lines };
    },
  });
  define(program, run, {
    usage: "replay [item]",
    summary: "decide held items anew, by today's map and values",
    describe: (command) =>
      describeFilter(command.option("--all", "every held item that matches")).option(
        "--per-second <count>",
        "how many in a second at most",
        wholeNumber,
        LIMITS.replayPerSecond,
      ),
    options: z.object({ ...FILTER, all: z.boolean().default(false), perSecond: z.number() }),
    async act(cli, [item], { all, perSecond, ...filter }) {
      if (item !== undefined) return await replayOne(cli, item);
      if (all) return await replayAll(cli, filter, perSecond);
      throw new CliProblem(EXIT.usage, "Say an item, or --all.");
    },
  });
  define(program, run, {
    usage: "dismiss <item>",
    summary: "let a refused value be; it stays in the audit log",
    describe: (command) => command.requiredOption("--reason <text>", "why"),
    options: z.object({ reason: z.string().min(1) }),
    act: (cli, [item = ""], { reason }) => letGo(cli, item, reason),
  });
  define(program, run, {
    usage: "take-up <item>",
    summary: "decide anew what was dismissed and is let be still",
    options: z.object({}),
    act: (cli, [item = ""]) => decideAnew(cli, item),
  });
}

function listOfLetBe(list: readonly LetBeLine[]): Answer {
  const lines = list.map(({ id, kind, system, externalId, field, note, by }) => {
    const place = [system, externalId, field].filter((part) => part !== null).join(" ");
    return `${id}  ${kind}  ${place}: ${note ?? ""} (${by})`;
  });
  return { data: list, lines: lines.length === 0 ? ["Nothing is let be."] : lines };
}

async function decideAnew(cli: CliContext, item: string): Promise<Answer> {
  if (!isUuid(item)) throw unknown("held item", item);
  const outcome = await takeUp(cli, { item });
  switch (outcome.kind) {
    case "over":
    case "settled":
      throw new CliProblem(EXIT.moved, "It is let be no more, and was decided since.", outcome);
    case "held":
      return { data: outcome, lines: [`It is held again: ${outcome.message}`] };
    default:
      return answered(item, outcome);
  }
}

function heldLine(item: HeldLine): string {
  const { id, kind, system, externalId, field, message, tries } = item;
  const place = [system, externalId, field].filter((part) => part !== null).join(" ");
  const again = tries > 1 ? ` (${tries} tries)` : "";
  return `${id}  ${kind}  ${place}: ${message}${again}`;
}

async function replayOne(cli: CliContext, item: string): Promise<Answer> {
  if (!isUuid(item)) throw unknown("held item", item);
  const outcome = await replay(cli, { item });
  switch (outcome.kind) {
    case "held":
      throw new CliProblem(EXIT.failure, `It still fails: ${outcome.message}`, outcome);
    case "settled":
      throw new CliProblem(EXIT.moved, `It is held no more: ${outcome.state}.`, outcome);
    default:
      return answered(item, outcome);
  }
}

type Tried = Extract<ReplayOutcome, { kind: "released" | "due" | "unknown" }>;

function answered(item: string, outcome: Tried): Answer {
  if (outcome.kind === "unknown") throw unknown("held item", item);
  if (outcome.kind === "due") return { data: outcome, lines: ["It is sent again."] };
  return { data: outcome, lines: [outcome.message ?? "It passes now and is let go."] };
}

type Filter = {
  entity?: string | undefined;
  system?: string | undefined;
  code?: string | undefined;
};

/** Carries its own replay on too, so that it ends where no engine runs; Ctrl-C stops it. */
async function replayAll(cli: CliContext, filter: Filter, perSecond: number): Promise<Answer> {
  const started = await startReplay(cli, { filter, perSecond });
  if (started.kind === "nothing") return tallyOf({});
  const { run } = started;
  for (;;) {
    if (cli.signal.aborted) await stopReplay(cli, { run });
    const [replay] = await listReplays(cli.hub.sql, { run, countMax: 1 });
    if (replay?.state !== "running") return tallyOf(replay?.counts ?? {});
    if (!(await stepReplay(cli, { run }))) await pause(STEP_MS, cli.signal);
  }
}

/** How often it looks whether the next batch is due. */
const STEP_MS = 100;

const pause = (ms: number, signal: AbortSignal) => createWake().wait(0, ms, signal);

function tallyOf(counts: Readonly<Record<string, number>>): Answer {
  const total = {
    released: counts["released"] ?? 0,
    due: counts["due"] ?? 0,
    held: counts["held"] ?? 0,
  };
  const { released, due, held } = total;
  return { data: total, lines: [`${released} let go, ${due} sent again, ${held} still held.`] };
}

async function letGo(cli: CliContext, item: string, reason: string): Promise<Answer> {
  if (!isUuid(item)) throw unknown("held item", item);
  const outcome = await dismiss(cli, { item, reason });
  switch (outcome.kind) {
    case "dismissed":
      return { data: outcome, lines: ["Dismissed. The value stays in the audit log."] };
    case "settled":
      throw new CliProblem(EXIT.moved, `It is held no more: ${outcome.state}.`, outcome);
    default:
      throw unknown("held item", item);
  }
}
