import path from "node:path";
import { compareNorthwind } from "../checker/northwind-rows.ts";
import { allOf, type Figure, noneOf } from "../figure.ts";
import { answerQuestions } from "../northwind/answer-questions.ts";
import {
  type Chosen,
  choose,
  findUnmet,
  makeEdits,
  type Plan,
  planChanges,
  planCollisions,
  planNewRows,
  planQuestions,
} from "../northwind/edits.ts";
import { findScript, quote, recordsOf } from "../northwind/load-erp.ts";
import { MAP_FILE, openPair, type Pair } from "../northwind/pair.ts";
import { agreedFigure, verifyFigure } from "../stage/settle.ts";
import { openStage, type Stage } from "../stage/stage.ts";
import type { Part } from "./part.ts";

const DEFAULT_PLACE = path.join("..", "shared", "data", "northwind");
const ENGINE = "engine-1";

/**
 * Real input: Northwind as an ERP and an empty shop of another shape are brought together by a map
 * file and the command line alone, edited on both sides, and compared by plain SQL.
 */
export const northwind: Part = {
  name: "northwind",
  async run({ northwind: place = DEFAULT_PLACE, say }) {
    const script = findScript(place);
    if (script === null) return [notThere(place)];
    const stage = await openStage({ apart: false });
    try {
      const pair = await openPair(stage, script);
      try {
        return await bringTogether(stage, pair, say);
      } finally {
        await pair.close();
      }
    } finally {
      await stage.stop();
    }
  },
};

function notThere(place: string): Figure {
  const where = path.resolve(place);
  const figure = `there is no Northwind script at ${where}`;
  const lines = ["Name its folder or the file itself: npm run accept -- --northwind <place>"];
  return { name: "northwind", figure, bar: "create.sql is read", isMet: false, lines };
}

async function bringTogether(
  stage: Stage,
  pair: Pair,
  say: (line: string) => void,
): Promise<Figure[]> {
  const tables = pair.tables.length;
  const rows = pair.tables.reduce((sum, table) => sum + table.rows.length, 0);
  say(`northwind: ${tables} tables with ${rows} rows in the ERP; the shop is empty`);
  const env = { ERP_URL: pair.urls.erp, SHOP_URL: pair.urls.shop };
  const applied = await stage.fieldline(["apply", MAP_FILE, "--note", "Northwind"], { env });
  const applying = noneOf("northwind apply", "errors", applied.code === 0 ? [] : [applied.err]);
  if (!applying.isMet) return [applying];
  stage.engines.start(ENGINE);
  await stage.untilIdle();
  const loaded = [
    noneOf("northwind untouched", "values of the ERP that the first load changed", [
      ...(await alteredValues(pair)),
    ]),
    await agreementFigure("northwind load", pair),
  ];
  const chosen = await choose(pair);
  return [
    applying,
    ...loaded,
    await planFigure(stage, pair, "northwind edits", planChanges(chosen)),
    await planFigure(stage, pair, "northwind new rows", planNewRows(chosen)),
    await collisionFigure(stage, pair, chosen),
    await questionFigure(stage, pair, chosen),
    noneOf("northwind held", "rows, values or writes held", await heldLines(stage)),
    await agreementFigure("northwind", pair),
    await identityFigure(stage),
    await verifyFigure("northwind", stage),
  ];
}

async function agreementFigure(name: string, { urls }: Pair): Promise<Figure> {
  const { rows, values, differences } = await compareNorthwind(urls);
  const counts = Object.entries(rows).map(([entity, count]) => `${count} ${entity}s`);
  return agreedFigure(name, `${values} values of ${counts.join(", ")}`, differences);
}

async function planFigure(stage: Stage, pair: Pair, name: string, plan: Plan): Promise<Figure> {
  await makeEdits(pair, plan.edits);
  return await unmetFigure(stage, pair, name, plan);
}

async function unmetFigure(stage: Stage, pair: Pair, name: string, plan: Plan): Promise<Figure> {
  await stage.untilIdle();
  const { expected, edits } = plan;
  const unmet = await findUnmet(pair, expected);
  const what = `values as expected after ${edits.length} edits`;
  return allOf(name, what, { found: expected.length - unmet.length, of: expected.length }, unmet);
}

/** While no engine runs, nobody hears of the other side: the edits are truly concurrent. */
async function apart(stage: Stage, edit: () => Promise<void>): Promise<void> {
  await stage.engines.stopAll();
  await edit();
  stage.engines.start(ENGINE);
}

async function collisionFigure(stage: Stage, pair: Pair, chosen: Chosen): Promise<Figure> {
  const plan = planCollisions(chosen);
  await apart(stage, () => makeEdits(pair, plan.edits));
  const figure = await unmetFigure(stage, pair, "northwind policies", plan);
  // What one side keeps apart would be a difference for ever: its owner lets go of it.
  await pair.erp.unsafe(`update "Customers" c set "Fax" = 'only here' where "CustomerID" = $1`, [
    chosen.buyers[4] ?? "",
  ]);
  await stage.untilIdle();
  return figure;
}

async function questionFigure(stage: Stage, pair: Pair, chosen: Chosen): Promise<Figure> {
  const { edits, asked } = planQuestions(chosen);
  await apart(stage, () => makeEdits(pair, edits));
  await stage.untilIdle();
  const { expected, problems } = await answerQuestions(stage, asked);
  await stage.untilIdle();
  const lines = [...problems, ...(await findUnmet(pair, expected))];
  const of = { found: expected.length - lines.length, of: asked.length * 2 };
  return allOf("northwind questions", "values as answered by the command line", of, lines);
}

/** The export says what the file said: applied again it changes nothing. */
async function identityFigure(stage: Stage): Promise<Figure> {
  const exported = await stage.fieldline(["export"]);
  const again = await stage.fieldline(["apply", "-"], { input: exported.out });
  const isSame = again.code === 0 && /^Nothing changed\.$/m.test(again.out);
  const lines = isSame ? [] : [again.out, again.err];
  return noneOf("northwind export | apply", "changes", lines);
}

async function heldLines(stage: Stage): Promise<string[]> {
  const { out } = await stage.fieldline(["quarantine", "--json"]);
  const held = JSON.parse(out) as readonly { system: string; field: string; message: string }[];
  return held.map(({ system, field, message }) => `${system} ${field}: ${message}`);
}

/** What the ERP holds against what SQLite held. */
async function alteredValues({ erp, tables }: Pair): Promise<string[]> {
  const altered: string[] = [];
  for (const { name, columns, rows } of tables) {
    const query = `(select * from ${recordsOf(name)} except select * from ${quote(name)}) union all
      (select * from ${quote(name)} except select * from ${recordsOf(name)})`;
    const found = await erp.unsafe(query, [JSON.stringify(rows)]);
    const key = columns.find(({ keyPlace }) => keyPlace === 1)?.name ?? "";
    altered.push(...found.map((one) => `${name} ${one[key]}`));
  }
  return altered;
}
