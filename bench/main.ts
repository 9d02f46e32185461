import { parseArgs } from "node:util";

/**
 * `npm run bench`: ours and PostgreSQL's own logical replication, one after the other in each
 * round, on the same machine in the same run. Quote the ratios. With `--preview`: what a quick look
 * at 100,000 records takes, against its bar. With `--canvas`: the canvas beside a naive one, in a
 * browser.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    rows: { type: "string", default: "100000" },
    edits: { type: "string", default: "50000" },
    seconds: { type: "string", default: "15" },
    preview: { type: "boolean", default: false },
    canvas: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);

if (values.preview) {
  const { benchPreview } = await import("./preview.ts");
  if (!(await benchPreview(say))) process.exitCode = 1;
} else if (values.canvas) {
  const { benchCanvas } = await import("./canvas/canvas-bench.ts");
  await benchCanvas(rounds, say);
} else {
  const { benchReplication } = await import("./replication.ts");
  const { rows, edits, seconds } = values;
  const size = { rows: Number(rows), edits: Number(edits), seconds: Number(seconds) };
  await benchReplication(size, rounds, say);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
