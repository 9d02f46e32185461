import { checkJournal } from "../checker/check-sandbox.ts";
import { fateOf } from "../checker/fates.ts";
import type { JournalEntry } from "../checker/journal.ts";
import { readSandbox } from "../checker/sandbox-rows.ts";
import {
  type Collision,
  collide as makeCollisions,
  planCollisions,
} from "../editors/collisions.ts";
import { allOf, type Figure, noneOf } from "../figure.ts";
import { decideInBrowser } from "../stage/decide-in-browser.ts";
import { openSandboxStage, type SandboxStage } from "../stage/sandbox-stage.ts";
import { addressesOf, agreementFigures, settleAndCheck, verifyFigure } from "../stage/settle.ts";
import type { Part } from "./part.ts";

const PRODUCTS = 2_000;
const SAME_FIELD = 500;

/** Products are edited on two sides at once: nothing is lost, and what is asked can be answered. */
export const collide: Part = {
  name: "collide",
  async run({ scale, say }) {
    const stage = await openSandboxStage({ engines: ["engine-1", "engine-2"] });
    try {
      const [products, sames] = [PRODUCTS, SAME_FIELD].map((all) => Math.round(all * scale));
      const collisions = planCollisions(await calmSkus(stage, products ?? 0), sames ?? 0);
      say(`collide: ${collisions.length} products on two sides, ${sames} in the same field`);
      // While no engine runs nobody hears of the other side: the edits are truly concurrent.
      await stage.engines.stopAll();
      const before = await readSandbox(addressesOf(stage));
      const since = Date.now();
      const journal = await makeCollisions(stage.systems, collisions);
      for (const name of ["engine-1", "engine-2"]) stage.engines.start(name);
      const checked = await settleAndCheck(stage);
      const verified = await verifyFigure("collide while asked,", stage);
      const fates = fateFigure(collisions, journal, (pair) =>
        fateOf(pair, checked.log, { before, after: checked.rows }),
      );
      return [fates, verified, ...(await decide(stage, { journal, before, since }))];
    } finally {
      await stage.stop();
    }
  },
};

/** Products that nobody is asked about, with values that both sides can change to new ones. */
async function calmSkus({ hub }: SandboxStage, count: number): Promise<string[]> {
  const rows = await hub.sql<{ sku: string }[]>`
    select values->'sku'->>'v' as sku from records r
    where entity = 'product' and values->'status'->>'v' = 'active'
      and values->'origin'->>'v' not in ('DE', 'FR', 'IT', 'ES', 'PL')
      and not exists (select 1 from conflicts c where c.record = r.id and c.state = 'open')
    order by 1 limit ${count}`;
  return rows.map(({ sku }) => sku);
}

type Story = Parameters<typeof checkJournal>[1];

async function decide(stage: SandboxStage, story: Story): Promise<Figure[]> {
  const { decided, refused } = await decideInBrowser(stage);
  const checked = await settleAndCheck(stage);
  const open = checked.log.questions.map(({ entity, key, field }) => `${entity} ${key} ${field}`);
  const trace = checkJournal(checked, story);
  const lines = [...refused, ...open];
  const isMet = lines.length === 0 && decided > 0;
  const figure = `${decided} questions decided by one key each in the browser, ${open.length} open afterwards`;
  return [
    { name: "collide queue", figure, bar: "0 open", isMet, lines },
    noneOf("collide lost", `of ${trace.entries} edits lost or doubled`, [
      ...trace.lost,
      ...trace.doubled,
      ...trace.unexplained,
    ]),
    ...agreementFigures("collide", checked),
    await verifyFigure("collide", stage),
  ];
}

type Pair = readonly [JournalEntry, JournalEntry];

function fateFigure(
  collisions: readonly Collision[],
  journal: readonly JournalEntry[],
  fate: (pair: Pair) => string,
): Figure {
  const counts = new Map<string, number>();
  const lines: string[] = [];
  const entries = Map.groupBy(journal, ({ key, field }) => `${key} ${field}`);
  const sames = collisions.filter(({ same }) => same !== null);
  for (const { key, same } of sames) {
    const [first, second] = entries.get(`${key} ${same}`) ?? [];
    const found = first && second ? fate([first, second]) : "not edited twice";
    counts.set(`${same} ${found}`, (counts.get(`${same} ${found}`) ?? 0) + 1);
    if (!FINE.has(found)) lines.push(`${key} ${same}: ${found}`);
  }
  const told = [...counts].sort().map(([words, count]) => `${count} ${words}`);
  const found = sames.length - lines.length;
  return allOf(
    "collide",
    `pairs of edits decided, with the loser in the audit log, or asked: ${told.join(", ")}`,
    { found, of: sames.length },
    lines,
  );
}

const FINE: ReadonlySet<string> = new Set(["decided", "added", "asked"]);
