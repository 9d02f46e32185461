import type { Sql } from "../../../db/client.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { approve } from "../acts/approve.ts";
import type { ActContext } from "../acts/context.ts";
import { link, unlink } from "../acts/link.ts";
import { publishDocument } from "../acts/publish.ts";
import { dismiss, replay } from "../acts/quarantine.ts";
import { resolveConflict } from "../acts/resolve-conflict.ts";
import { runBinding } from "../acts/run-binding.ts";
import { setValue } from "../acts/set-value.ts";
import { undoResolution } from "../acts/undo-resolution.ts";
import type { Dice } from "./dice.ts";
import type { HubView } from "./oracle/hub-view.ts";
import { viewHub } from "./oracle/view-hub.ts";
import { changeMap } from "./scenario.ts";
import type { Shape } from "./shapes.ts";

export type Desk = {
  readonly sql: Sql;
  readonly acts: ActContext;
  readonly dice: Dice;
  readonly shapes: readonly Shape[];
  /** How often rows are parted from their records, and a system is read whole again. */
  readonly parting: number;
  readonly rereading: number;
  readonly tell: (sentence: string) => void;
  /** What an act of a person did that it must not do. */
  readonly problems: string[];
};

/** One thing that a steward does in the hub, if there is anything to do. */
export async function steward(desk: Desk): Promise<void> {
  const view = await viewHub(desk.sql);
  const act = desk.dice.weigh<() => Promise<void>>([
    [view.conflicts.some(isOpen) ? 6 : 0, () => answer(desk, view)],
    [view.conflicts.some(({ state }) => state === "resolved") ? 0.5 : 0, () => undo(desk, view)],
    [view.quarantine.some(isHeld) ? 3 : 0, () => letGo(desk, view)],
    [view.records.size > 0 ? 1.5 : 0, () => set(desk, view)],
    [view.links.some(isLive) ? desk.parting : 0, () => part(desk, view)],
    [view.quarantine.some(isHeldRow) ? 2 : 0, () => join(desk, view)],
    [desk.rereading, () => readAgain(desk)],
  ]);
  await act?.();
}

const isOpen = ({ state }: { state: string }) => state === "open";
const isHeld = ({ state }: { state: string }) => state === "held";
const isLive = ({ state }: { state: string }) => state === "live";
const isHeldRow = (item: { state: string; kind: string }) => isHeld(item) && item.kind === "row";

async function answer(desk: Desk, view: HubView): Promise<void> {
  const { acts, dice, tell, problems } = desk;
  const { id, kind, field, revision, candidates } = dice.pick(view.conflicts.filter(isOpen));
  const from = dice.pick(candidates).from as `system:${string}`;
  const choice =
    kind === "delete"
      ? { kind: dice.pick(["delete", "keep"] as const) }
      : dice.pick([{ kind: "candidate" as const, from }, { kind: "hub" as const }]);
  // Now and then the page was opened before a value moved.
  const shown = revision > 1 && dice.chance(0.3) ? revision - 1 : revision;
  const outcome = await resolveConflict(acts, { conflict: id, revision: shown, choice });
  const what = choice.kind === "candidate" ? choice.from : choice.kind;
  if (shown !== revision && outcome.kind === "resolved") {
    problems.push(`an answer to revision ${shown} of a question settled revision ${revision}`);
  }
  tell(`Ana answers the question about ${field ?? "a delete"} with ${what}: ${outcome.kind}.`);
}

async function undo({ acts, dice, tell }: Desk, view: HubView): Promise<void> {
  const { id, field } = dice.pick(view.conflicts.filter(({ state }) => state === "resolved"));
  const outcome = await undoResolution(acts, { conflict: id });
  tell(`Ana takes back what she said about ${field ?? "a delete"}: ${outcome.kind}.`);
}

async function letGo({ acts, dice, tell }: Desk, view: HubView): Promise<void> {
  const { id, kind, field } = dice.pick(view.quarantine.filter(isHeld));
  if (dice.chance(0.7)) {
    const outcome = await replay(acts, { item: id });
    tell(`Ana tries the held ${kind} ${field ?? ""} again: ${outcome.kind}.`);
    return;
  }
  const outcome = await dismiss(acts, { item: id, reason: "It does not matter." });
  tell(`Ana lets the held ${kind} ${field ?? ""} be: ${outcome.kind}.`);
}

async function set({ acts, dice, tell }: Desk, view: HubView): Promise<void> {
  const { id: record, values } = dice.pick([...view.records.values()]);
  const field = dice.pick(["given", "price", "remark"]);
  const value = { given: "Eve", price: "77", remark: "checked" }[field] ?? null;
  const hub = values[field]?.v;
  const shown = hub === undefined ? {} : { value: hub };
  const outcome = await setValue(acts, { record, field, value, shown });
  tell(`Ana sets ${field} of ${short(record)} to ${value}: ${outcome.kind}.`);
}

async function part({ acts, dice, tell }: Desk, view: HubView): Promise<void> {
  const { binding, external_id } = dice.pick(view.links.filter(isLive));
  const externalId = external_id ?? "";
  const outcome = await unlink(acts, { binding, externalId });
  tell(`Ana parts row ${externalId} of ${binding} from its record: ${outcome.kind}.`);
}

async function join({ acts, dice, tell }: Desk, view: HubView): Promise<void> {
  const { binding, external_id } = dice.pick(view.quarantine.filter(isHeldRow));
  const externalId = external_id ?? "";
  const record = dice.pick([...view.records.keys()]);
  const outcome = await link(acts, { binding, externalId, record });
  tell(`Ana links row ${externalId} of ${binding} to ${short(record)}: ${outcome.kind}.`);
}

async function readAgain({ acts, dice, shapes, tell }: Desk): Promise<void> {
  const binding = `${dice.pick(shapes).system}-thing`;
  const outcome = await runBinding(acts, { binding });
  tell(`Ana has ${binding} read whole again: ${outcome.kind}.`);
}

/** Publishes another map than the live one. */
export async function publish(desk: Desk, document: MapDocument): Promise<MapDocument> {
  const { acts, dice, shapes, tell } = desk;
  const changed = changeMap(dice, document, shapes);
  const note = `Another ${changed.kind}`;
  const act = { document: changed.document, note, acknowledged: "all" as const };
  const outcome = await publishDocument(acts, act);
  tell(`Ana publishes another map (${changed.kind}): ${outcome.kind}.`);
  return outcome.kind === "published" ? changed.document : document;
}

/** Approves every change of many records that waits for a person. */
export async function approveAll({
  sql,
  acts,
  tell,
}: Pick<Desk, "sql" | "acts" | "tell">): Promise<void> {
  const runs = await sql<{ id: string }[]>`
    select id from runs where kind = 'mass-change' and state = 'waiting' order by id`;
  for (const { id } of runs) {
    const outcome = await approve(acts, { run: id });
    tell(`Ana approves that many rows are gone: ${outcome.kind}.`);
  }
}

/** The end of an id is enough to follow it through a story. */
const short = (id: string): string => id.slice(-4);
