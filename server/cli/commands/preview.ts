import type { Command } from "commander";
import { z } from "zod";
import { fuseSentence } from "../../core/impact/fuses.ts";
import type { Evaluated, Impact, ImpactRow, SystemImpact } from "../../core/impact/impact.ts";
import {
  estimateOf,
  evaluatedSentence,
  rangeOf,
  rowsLookedAt,
} from "../../core/impact/interval.ts";
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
const QUICK = LIMITS.previewQuickRecords.toLocaleString("en");

type Look = {
  /** Every record, or a sample of very many. */
  readonly all: boolean;
  readonly rowsMax: number;
};

export function addPreviewCommand(program: Command, run: Runner): void {
  define(program, run, {
    usage: "preview [map]",
    summary: 'what a map would change where: "draft", a version, or a map file; nothing is written',
    describe: (command) =>
      command
        .option("--all", `look at every record, also of more than ${QUICK}: it takes longer`)
        .option("--rows <number>", `rows to show (${ROWS})`, wholeNumber, ROWS),
    options: z.object({
      all: z.boolean().default(false),
      rows: z.int().max(LIMITS.previewRowsMax),
    }),
    act: (cli, [map = "draft"], { all, rows }) => preview(cli, map, { all, rowsMax: rows }),
  });
}

async function preview(cli: CliContext, map: string, look: Look): Promise<Answer> {
  const { title, document } = await readMap(cli, map);
  const problems = checkMap(document, await readSchemas(cli.hub.sql));
  const errors = problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new CliProblem(EXIT.usage, problemLines(errors).join("\n"), errors);
  const impact = await impactOf(cli, document, look);
  return { data: impact, lines: impactLines(title, document, impact, look) };
}

/** What a person names by its number, as "draft" or "live"; anything else is a file. */
async function readMap(cli: CliContext, map: string) {
  if (/^(draft|live|v?\d+)$/.test(map)) return await readSide(cli, map);
  const { file } = await readMapFile(cli, map);
  return { title: map === "-" ? "standard input" : map, document: file.document };
}

async function impactOf(cli: CliContext, document: MapDocument, look: Look): Promise<Impact> {
  const recordsMax = look.all ? LIMITS.previewRecordsMax : LIMITS.previewQuickRecords;
  const { rowsMax } = look;
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
    return await previewImpact(context, { document, rowsMax, recordsMax, signal, progress });
  } catch (error) {
    if (!(error instanceof PreviewEnded)) throw error;
    throw new CliProblem(EXIT.failure, "The preview was ended before it was done.");
  }
}

function impactLines(
  title: string,
  document: MapDocument,
  impact: Impact,
  { all, rowsMax }: Look,
): string[] {
  const name = (system: string | null) => (system === null ? "Hub" : systemName(document, system));
  const { hub, conflicts, quarantine, evaluated, fuses } = impact;
  const ofRecords = (count: number) => told(evaluated, count, evaluated.records);
  const counts = table([
    ["", "new", "changed", "unchanged", "blocked", "deleted", "calls"],
    ["Hub", ofRecords(hub.created), ofRecords(hub.changed), "", "", ofRecords(hub.deleted), ""],
    ...impact.systems.map((one) => [name(one.system), ...countsOf(evaluated, one)]),
  ]);
  const [asked, held] = [conflicts, quarantine].map(
    ({ appear, vanish }) => `${ofRecords(appear)} more, ${ofRecords(vanish)} fewer.`,
  );
  const shown = impact.rows.slice(0, rowsMax);
  const more = impact.rowsLeftOut + impact.rows.length - shown.length;
  return [
    `What publishing ${title} would change:`,
    ...counts,
    `Questions: ${asked} Held: ${held}`,
    ...sureness(evaluated, { name, all }),
    ...fuses.map((fuse) => `! ${fuseSentence(fuse, name(fuse.system))}`),
    ...shown.flatMap((row) => rowLines(document, row, name(row.system))),
    ...(more > 0 ? [`${count(more, "row")} more.`] : []),
  ];
}

function countsOf(evaluated: Evaluated, one: SystemImpact): string[] {
  const { created, changed, unchanged, blocked, deleted, calls } = one;
  const rows = rowsLookedAt(one);
  const numbers = [created, changed, unchanged, blocked, deleted];
  const whole = estimateOf(evaluated, calls);
  const about = evaluated.records < evaluated.of && whole > 0 ? `~${whole}` : String(whole);
  return [...numbers.map((number) => told(evaluated, number, rows)), about];
}

/** A number where all was looked at, and the range of a sample. */
function told(evaluated: Evaluated, number: number, rows: number): string {
  const { low, high } = rangeOf(evaluated, number, rows);
  return low === high ? String(low) : `${low}–${high}`;
}

function sureness(
  evaluated: Evaluated,
  { name, all }: { readonly name: (system: string) => string; readonly all: boolean },
): string[] {
  const { records, of, unread, doubts } = evaluated;
  const missing = unread.map(
    ({ system, object, why }) =>
      `Not exact: ${object} of ${name(system)} could not be read (${why}); what the hub knows of it was used.`,
  );
  const more = records < of && !all ? " --all looks at every record." : "";
  return [`${evaluatedSentence(evaluated)}${more}`, ...missing, ...doubts];
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
