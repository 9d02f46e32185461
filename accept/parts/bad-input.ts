import { hubState, openPair, type Pair } from "../bad-input/base.ts";
import { BAD_FILES, type BadFile } from "../bad-input/files.ts";
import { BAD_ROWS, type BadRow, shopValue, TWINS } from "../bad-input/rows.ts";
import { openBadSystems } from "../bad-input/systems.ts";
import { allOf, type Figure, noneOf } from "../figure.ts";
import { verifyFigure } from "../stage/settle.ts";
import { openStage, type Stage } from "../stage/stage.ts";
import type { Part } from "./part.ts";

/** Longer than any limit of a single call: a command that takes longer hangs. */
const COMMAND_MS_MAX = 60_000;

/**
 * Bad input of every kind: each is told with its place and the way out, changes nothing that it
 * does not touch, and the neighbours go on.
 */
export const badInput: Part = {
  name: "bad-input",
  async run({ say }) {
    const stage = await openStage({ apart: false });
    try {
      const pair = await openPair(stage);
      try {
        say(`bad-input: ${BAD_FILES.length} files, then systems, then ${BAD_ROWS.length} rows`);
        const files = await refusedFigure(stage, pair, "bad-input files", BAD_FILES);
        const bad = await openBadSystems(stage, pair);
        const systems = await refusedFigure(stage, pair, "bad-input systems", bad.cases).finally(
          () => bad.close(),
        );
        const rows = await rowsFigure(stage, pair);
        return [
          ...[files, systems, rows, await twinsFigure(stage, pair)],
          await verifyFigure("bad-input", stage),
          await emptiedFigure(stage, pair),
          await neighbourFigure(stage, pair),
        ];
      } finally {
        await pair.close();
      }
    } finally {
      await stage.stop();
    }
  },
};

/** Each file is refused with its place, and the hub is as it was. */
async function refusedFigure(
  stage: Stage,
  pair: Pair,
  name: string,
  cases: readonly BadFile[],
): Promise<Figure> {
  const wrong: string[] = [];
  const before = await hubState(stage);
  for (const one of cases) {
    const problem = await tryFile(stage, pair, one);
    if (problem !== null) wrong.push(`${one.what}: ${problem}`);
    if ((await hubState(stage)) !== before) wrong.push(`${one.what}: the hub has changed`);
  }
  const of = { found: cases.length - new Set(wrong.map(firstWords)).size, of: cases.length };
  return allOf(name, "refused with place and way out, nothing changed", of, wrong);
}

const firstWords = (line: string) => line.split(":")[0];

async function tryFile(
  stage: Stage,
  pair: Pair,
  { text, says, env = pair.env, code: wanted = 2 }: BadFile,
): Promise<string | null> {
  const begun = performance.now();
  const { code, out, err } = await stage.run(["apply", "-", "--accept-warnings"], {
    env,
    input: text,
  });
  const took = performance.now() - begun;
  if (took > COMMAND_MS_MAX) return `it took ${Math.round(took / 1_000)} s`;
  if (code !== wanted) return `exit code ${code} instead of ${wanted}: ${err || out}`;
  if (!says.test(err)) return `it says ${JSON.stringify(err.slice(0, 600))}`;
  return err.includes("Nothing was changed.") ? null : `it does not say that nothing changed`;
}

/** Each row is held with its reason, or arrives whole; an edit made after all of them arrives. */
async function rowsFigure(stage: Stage, pair: Pair): Promise<Figure> {
  for (const { sql } of BAD_ROWS) await pair.erp.unsafe(sql);
  await stage.untilIdle(120);
  const held = (await stage.run(["quarantine", "--limit", "500"])).out.split("\n");
  const wrong: string[] = [];
  for (const row of BAD_ROWS) wrong.push(...(await rowProblems(pair, row, held)));
  const of = { found: BAD_ROWS.length - new Set(wrong.map(firstWords)).size, of: BAD_ROWS.length };
  return allOf("bad-input rows", "held with their reason or whole on the other side", of, wrong);
}

async function rowProblems(pair: Pair, row: BadRow, held: readonly string[]): Promise<string[]> {
  const { what, says } = row;
  const problems: string[] = [];
  const [, value] = row.shop;
  const found = await shopValue(pair, row);
  if (found !== value) {
    problems.push(
      `${what}: the shop has ${JSON.stringify(found)} and not ${JSON.stringify(value)}`,
    );
  }
  if (says !== undefined && !held.some((line) => says.test(line))) {
    problems.push(
      `${what}: nothing that is held fits ${says}: ${held.join(" | ").slice(0, 1_500)}`,
    );
  }
  return problems;
}

async function twinsFigure(stage: Stage, pair: Pair): Promise<Figure> {
  await pair.erp.unsafe(TWINS);
  await stage.untilIdle();
  const rows = await pair.shop`select 1 from wares where sku = 'T-1'`;
  const asked = (await stage.run(["conflicts"])).out + (await stage.run(["quarantine"])).out;
  const lines: string[] = [];
  if (rows.length > 1) lines.push(`the shop has ${rows.length} of them`);
  if (!/T-1|sku/.test(asked)) lines.push("nobody is asked about them");
  return noneOf("bad-input twins", "wrong about two rows with one key", lines);
}

/** A truncated table is no reason to delete everything elsewhere: a person is asked. */
async function emptiedFigure(stage: Stage, pair: Pair): Promise<Figure> {
  const before = (await pair.shop`select 1 from wares`).length;
  await pair.erp`truncate goods`;
  await stage.untilIdle();
  const after = (await pair.shop`select 1 from wares`).length;
  const { out } = await stage.run(["approve"]);
  const lines: string[] = [];
  if (before !== after) lines.push(`${before - after} rows are gone in the shop`);
  if (!out.includes("erp-goods")) lines.push(`nobody is asked: ${out}`);
  return noneOf("bad-input emptied", "wrong after a truncate in the ERP", lines);
}

/** After all of it an ordinary edit arrives, in an ordinary new row. */
async function neighbourFigure(stage: Stage, pair: Pair): Promise<Figure> {
  await pair.erp`insert into goods (sku, name, price) values ('GOOD', 'Still here', 12.5)`;
  await stage.untilIdle();
  const rows = await pair.shop`select 1 from wares where sku = 'GOOD' and cents = 1250`;
  return allOf("bad-input neighbours", "edit afterwards arrived", { found: rows.length, of: 1 });
}
