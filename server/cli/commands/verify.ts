import type { Command } from "commander";
import { z } from "zod";
import type { BindingRules } from "../../core/plan/compile-map.ts";
import { createMapCache } from "../../engine/map-cache.ts";
import { sessionOpener } from "../../engine/sessions.ts";
import { type ChainReport, verifyAuditChain } from "../../storage/audit.ts";
import { loadedObjects } from "../../storage/captures.ts";
import { countRun, finishRun, startRun } from "../../storage/runs.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner } from "../define.ts";
import { CliProblem, EXIT, unknown } from "../exit-code.ts";
import { count } from "../table.ts";
import { type BindingReport, verifyBinding } from "../verify/verify-binding.ts";

const SHOWN_MAX = 100;

export function addVerifyCommands(program: Command, run: Runner): void {
  define(program, run, {
    usage: "verify",
    summary: "compare every row of every system with the hub, and the audit chain with itself",
    describe: (command) => command.option("--binding <id>", "only this binding"),
    options: z.object({ binding: z.string().optional() }),
    act: (cli, _words, { binding }) => verify(cli, binding ?? null),
  });
}

async function verify(cli: CliContext, only: string | null): Promise<Answer> {
  const map = await createMapCache(cli.hub).current();
  if (map === null) throw new CliProblem(EXIT.usage, "Nothing is published yet.");
  const bindings = [...map.bindings.values()].filter(
    ({ binding }) => only === null || binding.id === only,
  );
  if (bindings.length === 0 && only !== null) throw unknown("binding", only);
  const run = cli.ids.next();
  const none = { system: null, binding: only, engine: null };
  const startedAt = cli.clock.now().toISOString();
  const start = { id: run, kind: "verify", mapVersion: map.version, now: startedAt } as const;
  await startRun(cli.hub.sql, { ...none, ...start });
  try {
    const { reports, unread } = await compareAll(cli, bindings);
    const audit = await verifyAuditChain(cli.hub.sql);
    await endRun(cli, run, { reports, audit });
    return answerOf({ bindings, reports, unread, audit });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const now = cli.clock.now().toISOString();
    await finishRun(cli.hub.sql, run, { state: "failed", detail, now });
    throw error;
  }
}

/** System by system: one session each, and rows only of objects that the hub has read whole. */
async function compareAll(
  cli: CliContext,
  bindings: readonly BindingRules[],
): Promise<{ reports: BindingReport[]; unread: string[] }> {
  const open = sessionOpener(cli.hub.sql, cli.box);
  const loaded = await loadedObjects(cli.hub.sql);
  const reports: BindingReport[] = [];
  const unread: string[] = [];
  for (const [system, own] of Map.groupBy(bindings, ({ binding }) => binding.system)) {
    const ready = own.filter(({ binding }) => loaded.get(system)?.has(binding.object) === true);
    unread.push(...own.filter((one) => !ready.includes(one)).map(({ binding }) => binding.id));
    if (ready.length === 0) continue;
    const session = await open(system);
    try {
      for (const rules of ready) {
        cli.tell(`Comparing ${rules.binding.id} …`);
        reports.push(await verifyBinding(cli, session, rules));
      }
    } finally {
      await session.close();
    }
  }
  return { reports, unread };
}

type Sum = { rows: number; equal: number; explained: number; unexplained: number };

function sumOf(reports: readonly BindingReport[]): Sum {
  const sum = { rows: 0, equal: 0, explained: 0, unexplained: 0 };
  for (const { rows, equal, explained, differences } of reports) {
    sum.rows += rows;
    sum.equal += equal;
    sum.explained += Object.values(explained).reduce((total, one) => total + one, 0);
    sum.unexplained += differences.length;
  }
  return sum;
}

async function endRun(
  { hub, clock }: CliContext,
  run: string,
  of: { readonly reports: readonly BindingReport[]; readonly audit: ChainReport },
): Promise<void> {
  const now = clock.now().toISOString();
  const sum = sumOf(of.reports);
  const broken = of.audit.problems.length;
  await countRun(hub.sql, run, { ...sum, auditProblems: broken }, now);
  const state = sum.unexplained + broken === 0 ? "succeeded" : "failed";
  await finishRun(hub.sql, run, { state, now });
}

type Found = {
  readonly bindings: readonly BindingRules[];
  readonly reports: readonly BindingReport[];
  readonly unread: readonly string[];
  readonly audit: ChainReport;
};

function answerOf({ bindings, reports, unread, audit }: Found): Answer {
  const sum = sumOf(reports);
  const isClean = sum.unexplained === 0 && audit.problems.length === 0;
  const differences = reports.flatMap((report) => report.differences);
  const shown = differences.slice(0, SHOWN_MAX).map((one) => {
    const place = [one.binding, one.externalId, one.field].filter((part) => part !== null);
    return `  ${place.join(" ")}: ${one.detail}`;
  });
  const more = differences.length - shown.length;
  const lines = [
    ...reports.map(reportLine),
    ...unread.map((binding) => `${binding}: not compared, it has not been read whole yet`),
    ...bindings.flatMap(lostLines),
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...audit.problems,
    `Audit: ${count(audit.lines, "line")} in ${count(audit.streams, "chain")} verified.`,
    isClean
      ? "No difference that nothing explains."
      : "There are differences that nothing explains.",
  ];
  const lost = Object.fromEntries(
    bindings
      .filter((one) => one.lostFields.length > 0)
      .map((one) => [one.binding.id, one.lostFields]),
  );
  const data = { clean: isClean, ...sum, bindings: reports, unread, lost, audit };
  return { data, lines, exit: isClean ? EXIT.ok : EXIT.differences };
}

/** Fields whose columns the system has lost: nobody can compare them. */
function lostLines({ binding, lostFields }: BindingRules): string[] {
  if (lostFields.length === 0) return [];
  const fields = lostFields.join(", ");
  return [`${binding.id}: ${fields} not compared, their columns changed in ${binding.system}`];
}

function reportLine({ binding, rows, equal, explained, differences }: BindingReport): string {
  const reasons = Object.entries(explained).map(([reason, number]) => `${number} ${reason}`);
  const why = reasons.length === 0 ? "" : `, ${reasons.join(", ")}`;
  const values = count(equal, "equal value");
  return `${binding}: ${count(rows, "row")}, ${values}${why}, ${differences.length} unexplained`;
}
