import { type Hub, openHub } from "../../../db/client.ts";
import { MemorySystem } from "../../connectors/memory/system.ts";
import { LIMITS } from "../../core/limits.ts";
import { emptyHub } from "./empty-hub.ts";
import type { Fate } from "./faults.ts";
import { checkEdits } from "./oracle/edits.ts";
import { checkPhantoms } from "./oracle/phantoms.ts";
import { checkRest } from "./oracle/rest.ts";
import { Safety } from "./oracle/safety.ts";
import { Truth } from "./oracle/truth.ts";
import { readVersions } from "./oracle/view-hub.ts";
import { checkWrites } from "./oracle/writes.ts";
import { type Played, playScript } from "./player.ts";
import type { SmallScript } from "./scripts.ts";
import { Tally } from "./tally.ts";
import { createVirtualClock } from "./virtual-clock.ts";

/** Plays a script under the whole oracle. @param crashAt the step at which the engine dies */
export async function playSmall(
  hub: Hub,
  script: SmallScript,
  crashAt: number | null,
): Promise<Played> {
  await emptyHub(hub.sql);
  const clock = createVirtualClock();
  const { forgetful = [], fate } = script;
  const places = script.shapes.map((shape) => ({
    shape,
    system: new MemorySystem({
      objects: [shape.schema],
      now: clock.stamp,
      adjust: (_object, columns) => shape.adjust(columns),
      transactionMsMax: LIMITS.callTimeoutMs,
      forgetsOutcomes: forgetful.includes(shape.system),
    }),
  }));
  for (const { shape, system } of places) {
    for (const row of script.rows[shape.system] ?? []) {
      system.edit((edits) => edits.insert(shape.object, row));
    }
  }
  const truth = new Truth(places);
  const safety = new Safety(hub.sql, truth, new Tally(), forgetful);
  const fateAt = (step: number, place: string): Fate =>
    step === crashAt ? "crash" : (fate?.(place) ?? "go-on");
  const { document, events } = script;
  const systems = new Map(places.map(({ shape, system }) => [shape.system, system]));
  const look = async (tell: (sentence: string) => void) => {
    const problems = await safety.check();
    for (const sentence of safety.news) tell(sentence);
    return problems;
  };
  const played = await playScript({ hub, clock, systems, document, events, fateAt, look });
  const { view, lines } = safety;
  if (played.problems.length > 0 || view === null) return played;
  const versions = await readVersions(hub.sql);
  const live = [...versions.values()].at(-1)?.document ?? document;
  const problems = [
    ...(await safety.checkChain()),
    ...checkRest({ view, document: live, places, lines, truth, forgetful }),
    ...checkEdits({ truth, view, lines, document: live, versions }),
    ...checkWrites({ truth, lines, forgetful }),
    ...checkPhantoms({ truth, view, lines, forgetful }),
  ];
  return { ...played, problems };
}

export type Crashed = { readonly step: number; readonly place: string; readonly played: Played };

/**
 * Plays a script once without a crash, and then once for every step of it with a crash there.
 * @param stride every how many-th step
 */
export async function crashEverywhere(
  url: string,
  script: SmallScript,
  stride: number,
): Promise<{ readonly steps: number; readonly failed: readonly Crashed[] }> {
  const hub = openHub(url, 4);
  try {
    const calm = await playSmall(hub, script, null);
    const failed: Crashed[] = [];
    if (calm.problems.length > 0) failed.push({ step: -1, place: "no crash", played: calm });
    for (let step = 0; step < calm.busySteps; step += stride) {
      const played = await playSmall(hub, script, step);
      const place = calm.steps[step] ?? "";
      if (played.problems.length > 0) failed.push({ step, place, played });
    }
    return { steps: calm.busySteps, failed };
  } finally {
    await hub.close();
  }
}
