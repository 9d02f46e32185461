import type { Command } from "commander";
import { z } from "zod";
import { fuseSentence } from "../../core/impact/fuses.ts";
import {
  type Impact,
  type ImpactRow,
  isExact,
  type SystemImpact,
} from "../../core/impact/impact.ts";
import { intervalOf } from "../../core/impact/interval.ts";
import { LIMITS } from "../../core/limits.ts";
import { checkMap } from "../../core/map/check.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { fieldName, systemName } from "../../core/map/place.ts";
import { formatValue } from "../../core/values/format-value.ts";
import { PreviewEnded } from "../../engine/preview/alone.ts";
import { previewImpact } from "../../engine/preview/preview.ts";
import { sessionOpener } from "../../engine/sessions.ts";
import { createLog } from "../../platform/log.ts";
import { systemRandom } from "../../platform/random.ts";
import { readSchemas } from "../../storage/systems.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner, wholeNumber } from "../define.ts";
import { CliProblem, EXIT } from "../exit-code.ts";
import { readSide } from "../map-side.ts";
import { problemLines } from "../map-words.ts";
import { readMapFile } from "../read-map-file.ts";
import { count, table } from "../table.ts";

const ROWS = 20;

export function addPreviewCommand(program: Command, run: Runner): void {
  define(program, run, {
    usage: "preview [map]",
    summary: 'what a map would change where: "draft", a version, or a map file; nothing is written',
    describe: (command) =>
      command.option("--rows <number>", `rows to show (${ROWS})`, wholeNumber, ROWS),
    options: z.object({ rows: z.int().max(LIMITS.previewRowsMax) }),
    act: (cli, [map = "draft"], { rows }) => preview(cli, map, rows),
  });
}

async function preview(cli: CliContext, map: string, rowsMax: number): Promise<Answer> {
  const { title, document } = await readMap(cli, map);
  const problems = checkMap(document, await readSchemas(cli.hub.sql));
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new CliProblem(EXIT.usage, problemLines(errors).join("\n"), errors);
  const impact = await impactOf(cli, document, rowsMax);
  return { data: impact, lines: impactLines(title, document, impact, rowsMax) };
}

/** What a person names by its number, as "draft" or "live"; anything else is a file. */
async function readMap(cli: CliContext, map: string) {
  if (/^(draft|live|v?\d+)$/.test(map)) return await readSide(cli, map);
  const { file } = await readMapFile(cli, map);
  return { title: map === "-" ? "standard input" : map, document: file.document };
}

async function impactOf(cli: CliContext, document: MapDocument, rowsMax: number): Promise<Impact> {
  const { hub, clock, ids, box, signal } = cli;
  const context = {
    ...{ hub, clock, ids, random: systemRandom },
    log: createLog({ clock, level: "error", format: "text" }),
    openSession: sessionOpener(hub.sql, box),
  };
  let told = "";
  const progress = ({ stage, done, of }: { stage: string; done: number; of: number }) => {
    const line = of === 0 ? `${stage} …` : `${stage}: ${Math.floor((done / of) * 10) * 10} %`;
    if (line !== told) cli.tell(line);
    told = line;
  };
  try {
    return await previewImpact(context, { document, rowsMax, signal, progress });
  } catch (error) {
    if (!(error instanceof PreviewEnded)) throw error;
    throw new CliProblem(EXIT.failure, "The preview was ended before it was done.");
  }
}

function impactLines(
  title: string,
  document: MapDocument,
  impact: Impact,
  rowsMax: number,
): string[] {
  const name = (system: string | null) => (system === null ? "Hub" : systemName(document, system));
  const { hub, conflicts, quarantine, fuses } = impact;
  const counts = table([
    ["", "new", "changed", "unchanged", "blocked", "deleted", "calls"],
    ["Hub", String(hub.created), String(hub.changed), "", "", String(hub.deleted), ""],
    ...impact.systems.map((one) => [name(one.system), ...countsOf(impact, one)]),
  ]);
  const shown = impact.rows.slice(0, rowsMax);
  const more = impact.rowsLeftOut + impact.rows.length - shown.length;
  return [
    `What publishing ${title} would change:`,
    ...counts,
    `Questions: ${conflicts.appear} more, ${conflicts.vanish} fewer. ` +
      `Held: ${quarantine.appear} more, ${quarantine.vanish} fewer.`,
    ...exactness(impact, name),
    ...fuses.map((fuse) => `! ${fuseSentence(fuse, name(fuse.system))}`),
    ...shown.flatMap((row) => rowLines(document, row, name(row.system))),
    ...(more > 0 ? [`${count(more, "row")} more.`] : []),
  ];
}

function countsOf({ evaluated: { records, of } }: Impact, one: SystemImpact): string[] {
  const { created, changed, unchanged, blocked, deleted, calls, rows } = one;
  const sampled = Math.max(rows, created + unchanged + changed + deleted);
  const told = (number: number) => {
    if (records >= of) return String(number);
    const { low, high } = intervalOf(number, sampled, Math.round((sampled * of) / records));
    return `${low}–${high}`;
  };
  const numbers = [created, changed, unchanged, blocked, deleted].map(told);
  return [...numbers, String(calls)];
}

function exactness({ evaluated }: Impact, name: (system: string) => string): string[] {
  const { records, of, unread } = evaluated;
  const missing = unread.map(
    ({ system, object, why }) =>
      `Not exact: ${object} of ${name(system)} could not be read (${why}); what the hub knows of it was used.`,
  );
  if (isExact(evaluated)) return ["Exact: every record was looked at."];
  if (records === of) return missing;
  return [`A sample: ${records} of ${of} records; 95 of 100 such ranges are right.`, ...missing];
}

const SIGNS = { created: "+", changed: "~", deleted: "-", blocked: "!" } as const;

function rowLines(document: MapDocument, row: ImpactRow, system: string): string[] {
  const key = row.externalId === null ? "" : ` (${row.externalId})`;
  const cells = row.cells.map(({ field, before, after }) => {
    const from = before === undefined ? "nothing" : formatValue(before);
    const to = after === undefined ? "nothing" : formatValue(after);
    return `    ${fieldName(document, row.entity, field)}: ${from} → ${to}`;
  });
  const why = row.why === null ? [] : [`    ${row.why}`];
  return [`${SIGNS[row.change]} ${system} ${row.title}${key}`, ...cells, ...why];
}
