import { execFileSync } from "node:child_process";
import { allOf, type Figure, noneOf } from "../figure.ts";
import { type Identity, type Newcomer, type Started, welcome } from "../fresh/newcomer.ts";
import type { Part } from "./part.ts";

const WARM_S_MAX = 10;
const SILENCE_S_MAX = 15;

/** A small map of its own, to see whether a second start still has it. */
const NOTE = `fieldline: 1
entities:
  - { id: note, name: Note, title: text, fields: [{ id: text, name: Text, type: text }] }
`;

/** A fresh clone with an empty home and an empty npm cache: two commands, and nothing else. */
export const fresh: Part = {
  name: "fresh",
  async run({ say, withTests }) {
    const isRoot = process.getuid?.() === 0;
    const dirty = execFileSync("git", ["status", "--porcelain"], { encoding: "utf8" });
    if (dirty !== "") say("fresh: what is not committed is not in the clone");
    const figures = await visit("fresh", undefined, { say, withTests });
    if (!isRoot) return figures;
    // Root starts PostgreSQL in another way than everybody else.
    const ordinary = await visit("fresh, ordinary user", ORDINARY, { say, withTests: false });
    return [...figures, ...ordinary];
  },
};

/** The user that owns nothing, on Debian and elsewhere. */
const ORDINARY: Identity = { uid: 65_534, gid: 65_534 };

type Options = { readonly say: (line: string) => void; readonly withTests: boolean };

async function visit(
  name: string,
  identity: Identity | undefined,
  { say, withTests }: Options,
): Promise<Figure[]> {
  const newcomer = await welcome(name, identity);
  try {
    say(`${name}: npm start in a new clone with an empty npm cache`);
    const cold = await newcomer.start();
    const figures = [coldFigure(name, cold), await pageFigure(name, cold)];
    const applied = await newcomer.run(["npx", "fieldline", "apply", "-"], NOTE);
    figures.push(await stopFigure(`${name} Ctrl-C`, newcomer, cold));
    const warm = await newcomer.start();
    figures.push(await warmFigure(name, warm), await resumeFigure(name, newcomer, applied.out));
    figures.push(await stopFigure(`${name} Ctrl-C again`, newcomer, warm));
    if (withTests) figures.push(await testFigure(name, newcomer));
    return figures;
  } finally {
    newcomer.leave();
  }
}

function coldFigure(name: string, { seconds, steps, silence }: Started): Figure {
  const told = Object.entries(steps).map(([step, took]) => `${step.toLowerCase()} ${took} s`);
  const sum = Object.values(steps).reduce((all, took) => all + took, 0);
  const share = Math.round((sum / seconds) * 100);
  const figure =
    `${Math.round(seconds)} s to the printed line, ${share} % of it in steps ` +
    `(${told.join(", ")}); longest silence ${Math.round(silence)} s`;
  const isMet = silence <= SILENCE_S_MAX;
  return { name: `${name} cold start`, figure, bar: `silence ≤ ${SILENCE_S_MAX} s`, isMet };
}

/** The studio's page and the first sign-in link answer. */
async function pageFigure(name: string, { address, link }: Started): Promise<Figure> {
  const lines: string[] = [];
  for (const place of [`${address}/api/health`, address, link ?? "no sign-in link was printed"]) {
    const status = await statusOf(place);
    if (status !== 200) lines.push(`${place}: ${status}`);
  }
  return allOf(`${name} answers`, "pages answer", { found: 3 - lines.length, of: 3 }, lines);
}

async function statusOf(place: string): Promise<number | string> {
  try {
    const response = await fetch(place);
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function warmFigure(name: string, warm: Started): Promise<Figure> {
  const begun = performance.now();
  const status = await statusOf(warm.address);
  const seconds = warm.seconds + (performance.now() - begun) / 1_000;
  const figure = `${seconds.toFixed(1)} s to a page that answers`;
  const isMet = seconds <= WARM_S_MAX && status === 200;
  return { name: `${name} warm start`, figure, bar: `≤ ${WARM_S_MAX} s`, isMet };
}

async function resumeFigure(name: string, newcomer: Newcomer, applied: string): Promise<Figure> {
  const { out } = await newcomer.run(["npx", "fieldline", "export"]);
  const lines = out.includes("id: note") ? [] : [applied, out];
  return noneOf(`${name} resumes`, "of what was published before lost", lines);
}

async function stopFigure(name: string, newcomer: Newcomer, started: Started): Promise<Figure> {
  const begun = performance.now();
  const { last, end } = await started.stop();
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  const left = newcomer.left();
  const figure = `"${last}" after ${seconds} s (npm: ${end}), ${left.length} processes left`;
  // npm gets the Ctrl-C too, and may end by it once the product has stopped.
  const isOrderly = last === "Stopped." && (end === 0 || end === "SIGINT");
  return { name, figure, bar: "none left", isMet: isOrderly && left.length === 0, lines: left };
}

async function testFigure(name: string, newcomer: Newcomer): Promise<Figure> {
  const { code, out } = await newcomer.run(["npm", "test", "--silent"]);
  const lines = out.split("\n");
  const figure = lines.at(-1) ?? "";
  return { name: `${name} npm test`, figure, bar: "exit 0", isMet: code === 0, lines: [] };
}
