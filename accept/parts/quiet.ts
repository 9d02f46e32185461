import { createSeededRandom } from "../../server/platform/random.ts";
import { openPeopleAtWork } from "../../server/sandbox/people-at-work.ts";
import { makeCommit } from "../editors/commits.ts";
import { allOf, type Figure } from "../figure.ts";
import { openSandboxStage } from "../stage/sandbox-stage.ts";
import { agreementFigures, settleAndCheck } from "../stage/settle.ts";
import { quietFigure } from "../stage/writes.ts";
import type { Part } from "./part.ts";

const EDITS = 1_500;
const SECONDS = 60;

/** After everything has settled nobody writes to any system; and the engine is still awake. */
export const quiet: Part = {
  name: "quiet",
  async run({ scale, seed, say }) {
    const stage = await openSandboxStage({ engines: ["engine-1", "engine-2"] });
    try {
      const people = openPeopleAtWork(stage.systemsServer.url, createSeededRandom(seed));
      const edits = Math.round(EDITS * scale);
      say(`quiet: people make ${edits} edits, then nobody does anything`);
      await people.edit(edits).finally(() => people.close());
      const checked = await settleAndCheck(stage);
      const figure = await quietFigure("quiet", stage, Math.max(5, SECONDS * scale));
      return [figure, await awakeFigure(stage), ...agreementFigures("quiet", checked)];
    } finally {
      await stage.stop();
    }
  },
};

/** Silence proves nothing about an engine that is dead. */
async function awakeFigure(stage: Awaited<ReturnType<typeof openSandboxStage>>): Promise<Figure> {
  const { systems } = stage;
  await makeCommit(systems, {
    ...{ system: "erp", entity: "product", key: "P-00001", field: "price" },
    ...{ value: "4711.25", kind: "set" },
  });
  await stage.untilIdle();
  const found = await systems.shop`
    select 1 from items where sku = 'P-00001' and price_cents = 471125`;
  return allOf("quiet awake", "edit afterwards arrived", { found: found.length, of: 1 });
}
