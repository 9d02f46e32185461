import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { type Figure, figureText } from "./figure.ts";
import { badInput } from "./parts/bad-input.ts";
import { collide } from "./parts/collide.ts";
import { fresh } from "./parts/fresh.ts";
import { kill } from "./parts/kill.ts";
import { latency } from "./parts/latency.ts";
import { northwind } from "./parts/northwind.ts";
import type { Part, PartOptions } from "./parts/part.ts";
import { quiet } from "./parts/quiet.ts";
import { storm } from "./parts/storm.ts";
import { suggest } from "./parts/suggest.ts";

/**
 * `npm run accept`: shows that what the product promises holds, on servers of its own and with
 * engines as processes of their own. One line per figure; ends with 1 if one is not met.
 */
const PARTS: readonly Part[] = [latency, collide, kill, quiet, northwind, suggest, badInput, fresh];
/** Half an hour: only by its name. */
const LONG_PARTS: readonly Part[] = [storm];

/** For whoever works on the acceptance itself. */
const QUICK_SCALE = 0.05;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    northwind: { type: "string" },
    "schema-matching": { type: "string" },
    quick: { type: "boolean", default: false },
    scale: { type: "string" },
    "with-tests": { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
  },
});

// Whoever ends us ends what we started: the servers go with this process, and engines see us gone.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
process.exitCode = await accept();

async function accept(): Promise<number> {
  const names = [...(values.only?.split(",") ?? []), ...positionals];
  const all = [...PARTS, ...LONG_PARTS];
  const unknown = names.find((name) => !all.some((part) => part.name === name));
  if (unknown !== undefined) {
    say(`There is no part ${unknown}: ${all.map(({ name }) => name).join(", ")}.`);
    return 2;
  }
  const parts = names.length === 0 ? PARTS : all.filter(({ name }) => names.includes(name));
  const scale = Number(values.scale ?? (values.quick ? QUICK_SCALE : 1));
  const options: PartOptions = {
    ...{ scale, seed: Number(values.seed), northwind: values.northwind },
    ...{ schemaMatching: values["schema-matching"], withTests: values["with-tests"], say },
  };
  say(`Load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores, scale ${scale}`);
  const found: Figure[] = [];
  for (const part of parts) {
    const started = performance.now();
    const figures = await runPart(part, options);
    for (const figure of figures) say(figureText(figure));
    say(`${part.name}: took ${Math.round((performance.now() - started) / 1_000)} s`);
    found.push(...figures);
  }
  if (parts.length > 1) sayTable(found);
  const unmet = found.filter(({ isMet }) => !isMet);
  say(`${found.length - unmet.length} of ${found.length} figures are met.`);
  return unmet.length === 0 ? 0 : 1;
}

/** A part that cannot run to its end is a figure that is not met. */
async function runPart(part: Part, options: PartOptions): Promise<Figure[]> {
  try {
    return await part.run(options);
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const figure = "did not run to its end";
    return [{ name: part.name, figure, bar: "runs", isMet: false, lines: [why] }];
  }
}

/** All figures once more, one below the other. */
function sayTable(figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ name }) => name.length));
  say("");
  for (const { name, figure, bar, isMet } of figures) {
    say(`${isMet ? "PASS" : "FAIL"}  ${name.padEnd(width)}  ${figure} (${bar})`);
  }
  say("");
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
