import { availableParallelism, loadavg } from "node:os";
import { median } from "./measure.ts";
import { type Figure, runNative, runOurs, type Size } from "./workloads.ts";

type Say = (line: string) => void;

/** Measures ours and native by turns, and tells each round and the medians with their ratio. */
export async function benchReplication(size: Size, rounds: number, say: Say): Promise<void> {
  const all: Figure[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    say(`Round ${round}: load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
    // Whoever goes first in one round goes second in the next.
    const order = round % 2 === 1 ? [runOurs, runNative] : [runNative, runOurs];
    for (const run of order) {
      const figures = await run(size);
      all.push(...figures);
      for (const figure of figures) say(`  ${figure.system.padEnd(7)} ${describe(figure)}`);
    }
  }
  tellMedians(all, say);
}

function tellMedians(all: readonly Figure[], say: Say): void {
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
    const [left, right] = [mine, theirs].map((value) => describe({ ...first, value }));
    say(`${workload.padEnd(7)} ours ${left} · native ${right} · ${ratio}`);
  }
}

function describe({ workload, value, unit, changes }: Figure): string {
  const figure = `${workload} ${value.toFixed(unit === "s" ? 2 : 1)} ${unit}`;
  return changes === 0 ? figure : `${figure} (${Math.round(changes / value)} changes/s)`;
}
