import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { median } from "./measure.ts";
import { benchPreview } from "./preview.ts";
import { type Figure, runNative, runOurs, type Size } from "./workloads.ts";

/**
 * `npm run bench`: ours and PostgreSQL's own logical replication, one after the other in each
 * round, on the same machine in the same run. Quote the ratios. With `--preview`: what a preview of
 * 100,000 records takes, against its bar.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    rows: { type: "string", default: "100000" },
    edits: { type: "string", default: "50000" },
    seconds: { type: "string", default: "15" },
    preview: { type: "boolean", default: false },
  },
});
if (values.preview) process.exit((await benchPreview(say)) ? 0 : 1);
const size: Size = {
  rows: Number(values.rows),
  edits: Number(values.edits),
  seconds: Number(values.seconds),
};

const all: Figure[] = [];
for (let round = 1; round <= Number(values.rounds); round += 1) {
  say(`Round ${round}: load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
  // Whoever goes first in one round goes second in the next.
  const order = round % 2 === 1 ? [runOurs, runNative] : [runNative, runOurs];
  for (const run of order) {
    const figures = await run(size);
    all.push(...figures);
    for (const figure of figures) say(`  ${figure.system.padEnd(7)} ${describe(figure)}`);
  }
}

say("\nMedians (data of both sides compared after each workload: equal)");
for (const workload of ["W1", "W2", "W3", "W5 p50", "W5 p99"] as const) {
  const of = (system: Figure["system"]) =>
    all.filter((figure) => figure.workload === workload && figure.system === system);
  const ours = of("ours");
  const native = of("native");
  const [mine, theirs] = [ours, native].map((list) => median(list.map(({ value }) => value)));
  const [first] = ours;
  if (first === undefined || mine === undefined || theirs === undefined) continue;
  const ratio =
    first.unit === "s"
      ? `${(theirs / mine).toFixed(2)} × native`
      : `${(mine / theirs).toFixed(1)} × native's`;
  const line = [describe({ ...first, value: mine }), describe({ ...first, value: theirs }), ratio];
  say(`${workload.padEnd(7)} ours ${line[0]} · native ${line[1]} · ${line[2]}`);
}

function describe({ workload, value, unit, changes }: Figure): string {
  const figure = `${workload} ${value.toFixed(unit === "s" ? 2 : 1)} ${unit}`;
  return changes === 0 ? figure : `${figure} (${Math.round(changes / value)} changes/s)`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
