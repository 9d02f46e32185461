import type { Command } from "commander";
import { z } from "zod";
import type { Impact } from "../../core/impact/impact.ts";
import { LIMITS } from "../../core/limits.ts";
import { checkMap } from "../../core/map/check.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { PreviewEnded } from "../../engine/preview/alone.ts";
import { previewImpact } from "../../engine/preview/preview.ts";
import { sessionOpener } from "../../engine/sessions.ts";
import { createLog } from "../../platform/log.ts";
import { systemRandom } from "../../platform/random.ts";
import { readSchemas } from "../../storage/systems.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner, wholeNumber } from "../define.ts";
import { CliProblem, EXIT } from "../exit-code.ts";
import { impactLines } from "../impact-lines.ts";
import { readSide } from "../map-side.ts";
import { problemLines } from "../map-words.ts";
import { readMapFile } from "../read-map-file.ts";

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
  return { data: impact, lines: impactLines({ title, document, impact, ...look }) };
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
