import { runBinding } from "../acts/run-binding.ts";
import { wrongRows } from "./automations.ts";
import { tend } from "./crew.ts";
import { CALM } from "./faults.ts";
import { checkEdits } from "./oracle/edits.ts";
import { waitsForItsRow } from "./oracle/hub-view.ts";
import { checkPhantoms } from "./oracle/phantoms.ts";
import { checkRest } from "./oracle/rest.ts";
import { checkWrites } from "./oracle/writes.ts";
import type { Run } from "./run.ts";
import { unsure } from "./scenario.ts";
import { eligible, takeStep } from "./step.ts";
import { approveAll } from "./stewards.ts";
import { automate } from "./storm.ts";

const REST_ROUNDS_MAX = 80;
const QUIET_ROUNDS = 20;

/** No more edits, no more faults: everything must come to rest, agree, and stay at rest. */
export async function settle(run: Run): Promise<string[]> {
  const { stage, safety, desk } = run;
  stage.tell("From here on nothing goes wrong and nobody edits any more.");
  stage.weather = CALM;
  run.paused.clear();
  for (const notice of stage.orphans.splice(0)) notice();
  if (!run.theme.keepsConnections) for (const { system } of run.places) system.cut();
  for (const system of run.scenario.late) run.connected.add(system);
  const problems = await rounds(run, REST_ROUNDS_MAX, async () => {
    automate(run);
    await approveAll(desk);
  });
  if (problems.length > 0) return problems;
  const writes = () => run.places.map(({ system }) => system.log.length).join(" ");
  const before = { writes: writes(), lines: safety.lines.length };
  const quiet = await rounds(run, -QUIET_ROUNDS, () => Promise.resolve(automate(run)));
  if (quiet.length > 0) return quiet;
  run.stage.tally.check("quiet", QUIET_ROUNDS);
  if (writes() !== before.writes)
    return ["something was written after everything had come to rest"];
  if (safety.lines.length !== before.lines)
    return ["the audit log grew after everything was at rest"];
  const wrong = await finalChecks(run);
  return wrong.length > 0 ? wrong : await readAllAgain(run);
}

/**
 * Who reads everything once more finds nothing that the hub did not know, and takes nothing up that
 * somebody has let be. A row that waits as a whole, and a delivery that was not taken, are tried
 * once more by it, and may pass today.
 */
async function readAllAgain(run: Run): Promise<string[]> {
  const { safety, desk, places, stage } = run;
  const mayPass = safety.view?.quarantine.some(
    ({ kind, state }) => kind !== "value" && state === "held",
  );
  if (mayPass === true) return [];
  stage.tell("Everything is read whole once more.");
  const written = () => places.map(({ system }) => system.log.length).join(" ");
  const held = () => safety.view?.quarantine.filter(({ state }) => state === "held").length ?? 0;
  const before = { written: written(), lines: safety.lines.length, held: held() };
  for (const { shape } of places) await runBinding(desk.acts, { binding: `${shape.system}-thing` });
  const problems = await rounds(run, REST_ROUNDS_MAX, () => Promise.resolve());
  if (problems.length > 0) return problems;
  if (written() !== before.written) return ["reading everything once more led to a write"];
  if (held() > before.held) return ["reading everything once more held something anew"];
  return safety.lines
    .slice(before.lines)
    .map(
      ({ kind, field, system }) => `reading everything once more: ${field} ${kind} in ${system}`,
    );
}

async function finalChecks(run: Run): Promise<string[]> {
  const { safety, document, places, scenario, truth } = run;
  const { view, lines, versions } = safety;
  const forgetful = unsure(scenario);
  const { tally } = run.stage;
  if (view === null) return ["nothing was looked at"];
  run.counts["records"] = view.records.size;
  run.counts["links"] = view.links.length;
  run.counts["conflicts"] = view.conflicts.length;
  run.counts["quarantine"] = view.quarantine.length;
  run.counts["lines"] = lines.length;
  const { touches } = truth;
  tally.check("chain", lines.length);
  tally.check("agreed", view.links.filter(({ state }) => state === "live").length);
  tally.check("found", touches.filter(({ isOurs }) => !isOurs).length);
  tally.check("told", touches.filter(({ isOurs }) => isOurs).length);
  tally.check("phantom", lines.filter(({ kind }) => kind === "accepted").length);
  return [
    ...(await safety.checkChain()),
    ...checkRest({ view, document, places, lines, truth, forgetful }),
    ...checkEdits({ truth, view, lines, document, versions }),
    ...checkWrites({ truth, lines, forgetful }),
    ...checkPhantoms({ truth, view, lines, forgetful }),
  ];
}

/**
 * Lets every fiber go on, round after round, until nothing is left to do.
 * @param countMax at most so many rounds; negative: exactly so many
 */
async function rounds(run: Run, countMax: number, each: () => Promise<void>): Promise<string[]> {
  for (let round = 0; round < Math.abs(countMax); round += 1) {
    const problems = await takeStep(run, async () => {
      await each();
      await tend(run);
      run.clock.turn(5_000);
    });
    if (problems.length > 0) return problems;
    for (const fiber of eligible(run)) {
      const found = await takeStep(run, () => run.stage.fibers.resume(fiber));
      if (found.length > 0) return found;
    }
    if (countMax > 0 && unrest(run).length === 0) return [];
  }
  if (countMax < 0) return [];
  return [`it did not come to rest in ${countMax} rounds`, ...unrest(run)];
}

/** What is still to be done; empty when everything rests. */
function unrest({ safety, places, scenario }: Run): string[] {
  const { view } = safety;
  if (view === null) return ["nothing was looked at"];
  const unread = places.flatMap(({ shape, system }) => {
    const capture = view.captures.find((one) => one.system === shape.system);
    const loaded = capture?.loaded[shape.object];
    if (loaded === undefined) return [`${shape.system} has not been read whole`];
    const place = [loaded, capture?.position ?? ""].sort().at(-1) ?? "";
    const isRead = Number.parseInt(place.slice(0, 16), 16) >= system.nextNumber;
    return isRead ? [] : [`${shape.system} was read up to ${place} only`];
  });
  const attempts = view.attempts.filter(
    ({ binding }) => !unsure(scenario).some((system) => binding === `${system}-thing`),
  );
  const deliveries = view.deliveries.filter(
    ({ state, link }) => state !== "parked" && !waitsForItsRow(view, link),
  );
  const wrong = scenario.automations.flatMap((one) => wrongRows(one, places));
  const toSetBack = wrong.map(
    ({ place, id }) => `a job is to set row ${id} of ${place.shape.system} back`,
  );
  return [
    ...unread,
    ...toSetBack,
    ...[...deliveries, ...attempts].map((one) => JSON.stringify(one)),
  ];
}
