import type { Command } from "commander";
import { z } from "zod";
import { KEPT_ENDS } from "../../core/reconcile/mass-answer.ts";
import { approve, decline } from "../../engine/acts/approve.ts";
import { readWaitingChange } from "../../storage/mass-changes.ts";
import { listWaiting, type WaitingApproval } from "../../storage/screens/command-line.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner, wholeNumber } from "../define.ts";
import { CliProblem, EXIT, unknown } from "../exit-code.ts";

/** What waits because many rows did the same at once, and a person's word about it. */
export function addApprovals(program: Command, run: Runner): void {
  define(program, run, {
    usage: "approve [run]",
    summary: "let a change of many records happen; without a run: list what waits",
    describe: (command) => command.option("--rows <count>", "waiting rows as shown", wholeNumber),
    options: z.object({ rows: z.number().optional() }),
    act: (cli, [id], { rows }) => (id === undefined ? waiting(cli) : approveRun(cli, id, rows)),
  });
  define(program, run, {
    usage: "decline <run>",
    summary: "refuse a change of many records: they stay, and values go back",
    describe: (command) =>
      command
        .option("--rows <count>", "waiting rows as shown", wholeNumber)
        .option("--end <end>", "of rows that are gone: again, unlink or leave"),
    options: z.object({ rows: z.number().optional(), end: z.enum(KEPT_ENDS).optional() }),
    async act(cli, [id = ""], options) {
      return approvalAnswer(await decline(cli, { run: id, ...options }), id);
    },
  });
}

async function waiting({ hub }: CliContext): Promise<Answer> {
  const list = await listWaiting(hub.sql);
  const lines = list.map((run) => `${run.id}  ${run.binding ?? ""}  ${waitingWords(run)}`);
  return { data: list, lines: lines.length === 0 ? ["Nothing waits for approval."] : lines };
}

/** "41 of 60 rows gone", "12 of 40 rows cleared: price" */
function waitingWords({ rows, detail }: WaitingApproval): string {
  const change = readWaitingChange(detail);
  if (change === null) return detail ?? "";
  const field = change.field === null ? "" : `: ${change.field}`;
  const passed = change.passed === 0 ? "" : `, ${change.passed} went through before`;
  return `${rows} of ${change.total} rows ${change.kind}${field}${passed}`;
}

async function approveRun(cli: CliContext, id: string, rows: number | undefined): Promise<Answer> {
  return approvalAnswer(await approve(cli, { run: id, rows }), id);
}

function approvalAnswer(outcome: Awaited<ReturnType<typeof approve>>, id: string): Answer {
  switch (outcome.kind) {
    case "approved":
      return { data: outcome, lines: [`Approved: ${outcome.rows} rows are decided.`] };
    case "declined":
      return { data: outcome, lines: [`Declined: ${outcome.rows} rows are refused.`] };
    case "gone-for-sure": {
      const message = "Their system told that they are gone. Say --end again or --end unlink.";
      throw new CliProblem(EXIT.usage, message, outcome);
    }
    case "settled":
      throw new CliProblem(EXIT.moved, `It waits no more: ${outcome.state}.`, outcome);
    case "moved": {
      const message = `${outcome.rows} rows wait now, more than were shown. Nothing was done.`;
      throw new CliProblem(EXIT.moved, message, outcome);
    }
    default:
      throw unknown("run that waits", id);
  }
}
