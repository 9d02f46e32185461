import type { BindingId, LinkId } from "../../core/ids.ts";
import { LIMITS } from "../../core/limits.ts";
import {
  endMissing,
  type KeptEnd,
  keepMissing,
  refuseValues,
  takeValues,
} from "../../core/reconcile/mass-answer.ts";
import type { MassPlace } from "../../core/reconcile/mass-guard.ts";
import type { Changes, World } from "../../core/reconcile/world.ts";
import {
  countWaiting,
  listWaitingAt,
  lockWaitingRun,
  type Waiting,
  type WaitingChange,
} from "../../storage/mass-changes.ts";
import { notify } from "../../storage/notify.ts";
import { endItems, findItems } from "../../storage/quarantine.ts";
import { countRun, finishRun } from "../../storage/runs.ts";
import { commitAct, inScene, type Scene, worldOf } from "./act-world.ts";
import type { ActContext } from "./context.ts";

export type ApproveOutcome =
  /** How many rows were decided. */
  | { readonly kind: "approved" | "declined"; readonly rows: number }
  /** It waits no more. Nothing was done. */
  | { readonly kind: "settled"; readonly state: string }
  /** More rows wait than were shown: look again. Nothing was done. */
  | { readonly kind: "moved"; readonly rows: number }
  /** Only of rows that a whole read did not find can anybody say that they may be there. */
  | { readonly kind: "gone-for-sure" }
  | { readonly kind: "unknown" };

/**
 * Approves a change of many records at once that the limits held back: all that waits is decided
 * by today's map and today's values.
 * @param act `rows`: how many waiting rows the person saw; left out: however many
 */
export async function approve(
  ctx: ActContext,
  act: { readonly run: string; readonly rows?: number | undefined },
): Promise<ApproveOutcome> {
  const answer = { ...act, command: "approve" } as const;
  const outcome = await inScene(ctx, (scene) => carryOut(ctx, scene, answer));
  return outcome ?? { kind: "unknown" };
}

/**
 * Refuses it: records whose rows are gone stay, and the hub's values go back where a field was
 * cleared or changed; each with a line that says so.
 * @param act `end`: what becomes of rows that are gone
 */
export async function decline(
  ctx: ActContext,
  act: {
    readonly run: string;
    readonly rows?: number | undefined;
    readonly end?: KeptEnd | undefined;
  },
): Promise<ApproveOutcome> {
  const answer = { ...act, command: "decline" } as const;
  const outcome = await inScene(ctx, (scene) => carryOut(ctx, scene, answer));
  return outcome ?? { kind: "unknown" };
}

type Answer = {
  readonly run: string;
  readonly rows?: number | undefined;
  readonly end?: KeptEnd | undefined;
  readonly command: "approve" | "decline";
};

async function carryOut(ctx: ActContext, scene: Scene, act: Answer): Promise<ApproveOutcome> {
  const { tx, now } = scene;
  const run = await lockWaitingRun(tx, act.run);
  if (run === null) return { kind: "unknown" };
  if (run.change === null && run.state !== "waiting") return { kind: "settled", state: run.state };
  const rules = scene.map.bindings.get(run.binding as BindingId);
  if (rules === undefined || run.change === null) {
    const detail = "Nothing of it is in the map any more.";
    await finishRun(tx, act.run, { state: "cancelled", detail, now });
    return { kind: "settled", state: "cancelled" };
  }
  const { change } = run;
  if (act.end === "leave" && change.told !== "read") return { kind: "gone-for-sure" };
  const place: MassPlace = { binding: rules.binding.id, kind: change.kind, field: change.field };
  const rows = await countWaiting(tx, place);
  if (act.rows !== undefined && rows > act.rows) return { kind: "moved", rows };
  await inPages(scene, place, (page) => answerPage(ctx, scene, { act, place, page, change }));
  await countRun(tx, act.run, { decided: rows }, now);
  const kind = act.command === "approve" ? "approved" : "declined";
  const detail = detailOf(act, change, rows, ctx.person);
  const state = kind === "approved" ? "succeeded" : "cancelled";
  await finishRun(tx, act.run, { state, detail, now });
  await notify(tx, ["runs", "quarantine"]);
  return { kind, rows };
}

/** All in one transaction, in pages: the memory is a page's, the answer is the whole. */
async function inPages(
  { tx }: Scene,
  place: MassPlace,
  answer: (page: readonly Waiting[]) => Promise<void>,
): Promise<void> {
  const countMax = LIMITS.batchObservationsMax;
  let after: string | null = null;
  for (;;) {
    const page: readonly Waiting[] = await listWaitingAt(tx, place, { after, countMax });
    if (page.length > 0) await answer(page);
    if (page.length < countMax) return;
    after = page.at(-1)?.id ?? null;
  }
}

type Page = {
  readonly act: Answer;
  readonly place: MassPlace;
  readonly page: readonly Waiting[];
  readonly change: WaitingChange;
};

async function answerPage(ctx: ActContext, scene: Scene, of: Page): Promise<void> {
  const { act, page } = of;
  const world = await worldOf(
    scene,
    page.map(({ record }) => record),
    true,
  );
  const decided = await decide(ctx, scene, world, of);
  const said = act.command === "approve" ? "Approved" : "Declined";
  const detail = `${said} by ${ctx.person}.`;
  const audit = decided.audit.map((entry) => ({
    ...entry,
    cause: { detail, ...entry.cause, command: act.command },
  }));
  await commitAct(scene, ctx, world, { ...decided, audit }, { run: act.run });
}

async function decide(ctx: ActContext, scene: Scene, world: World, of: Page): Promise<Changes> {
  const { act, place, page } = of;
  const ids = page.map(({ id }) => id);
  const newId = () => ctx.ids.next();
  const by = { person: scene.person, command: act.command };
  if (place.kind === "gone") {
    if (act.command === "approve") return endMissing(world, ids as LinkId[], newId);
    // Without a word nothing is written anywhere.
    const end = act.end ?? (of.change.told === "read" ? "leave" : "unlink");
    return keepMissing(world, ids as LinkId[], { ...by, end }, newId);
  }
  const items = await findItems(scene.tx, ids);
  const state = act.command === "approve" ? "released" : "dismissed";
  await endItems(scene.tx, ids, { state, by: ctx.person, at: scene.now, note: null });
  if (act.command === "approve") return takeValues(world, items, newId);
  return refuseValues(world, items, by, newId);
}

function detailOf(
  { command }: Answer,
  { kind, field }: WaitingChange,
  rows: number,
  person: string,
): string {
  const what = kind === "gone" ? "are gone" : `have ${field} ${kind}`;
  const said = command === "approve" ? "Approved" : "Declined";
  return `${said} by ${person}: ${rows} rows that ${what}.`;
}
