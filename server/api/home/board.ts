import type { MapDocument } from "../../core/map/document.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import {
  agreement,
  bindingWork,
  questionsBySystem,
  type SystemFacts,
  systemFacts,
} from "../../storage/screens/home.ts";
import { viewerProcedure } from "../trpc.ts";

/** The signal board: every entity by every system, with what stands between them. */
export const board = viewerProcedure.query(async ({ ctx }) => {
  const { sql } = ctx.hub;
  const live = await readLiveVersion(sql);
  if (live === null) return null;
  const [facts, work, questions, agreements] = await Promise.all([
    systemFacts(sql),
    bindingWork(sql),
    questionsBySystem(sql),
    agreement(sql),
  ]);
  const { document } = live;
  return {
    version: live.number,
    systems: document.systems.map((system) => ({ ...system, facts: factsOf(facts, system.id) })),
    entities: document.entities.map((entity) => ({
      id: entity.id,
      name: entity.name,
      records: agreements.find((one) => one.entity === entity.id)?.records ?? 0,
      apart: agreements.find((one) => one.entity === entity.id)?.apart ?? 0,
      cells: cellsOf(document, entity.id, { facts, work, questions }),
    })),
  };
});

function factsOf(facts: readonly SystemFacts[], system: string): SystemFacts | null {
  return facts.find(({ id }) => id === system) ?? null;
}

type Known = {
  facts: readonly SystemFacts[];
  work: Awaited<ReturnType<typeof bindingWork>>;
  questions: Awaited<ReturnType<typeof questionsBySystem>>;
};

/** One cell per system that the entity is bound to, its bindings there taken together. */
function cellsOf(document: MapDocument, entity: string, known: Known) {
  const bindings = document.bindings.filter((binding) => binding.entity === entity);
  return [...Map.groupBy(bindings, ({ system }) => system)].map(([system, group]) => {
    const work = known.work.filter(({ binding }) => group.some(({ id }) => id === binding));
    const loaded = factsOf(known.facts, system)?.loaded ?? [];
    return {
      system,
      objects: group.map(({ object }) => object),
      isLoaded: group.every(({ object }) => loaded.includes(object)),
      staleSecondsMax: Math.min(...group.map(({ staleSecondsMax }) => staleSecondsMax)),
      due: sum(work.map(({ due }) => due)),
      oldestDue: earliest(work.map(({ oldestDue }) => oldestDue)),
      held: sum(work.map(({ held }) => held)),
      conflicts:
        known.questions.find((one) => one.entity === entity && one.system === system)?.count ?? 0,
    };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function earliest(times: readonly (string | null)[]): string | null {
  return times.filter((time) => time !== null).sort()[0] ?? null;
}
