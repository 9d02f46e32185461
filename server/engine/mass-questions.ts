import type { Connection, Transaction } from "../../db/client.ts";
import type { LiveTopic } from "../core/live-topics.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import { massPlaceOf } from "../core/reconcile/mass-guard.ts";
import { isMassCode } from "../core/reconcile/mass-held.ts";
import type { Changes, World } from "../core/reconcile/world.ts";
import { askMassChanges, endEmptied, type MassAsked } from "../storage/mass-changes.ts";
import { type EngineContext, nowOf } from "./context.ts";

/** What a transaction has let wait with many others, and whom it tells of it. */
export type MassNotes = {
  readonly massAsked: MassAsked[];
  /** Something that waited with many others may have been the last one. */
  mayBeEmptied: boolean;
  readonly topics: Set<LiveTopic>;
};

type Recording = { readonly system: string; readonly map: Pick<CompiledMap, "version"> };

/** What waits with many others by these changes, and whether something waits no more. */
export function noteMass(total: MassNotes, world: World, changes: Changes): void {
  const told = world.mass?.run == null && world.mass?.whole?.size !== 1 ? "events" : "read";
  for (const [key, begin] of changes.massAsked) {
    const held = [...(changes.tallies.get(key)?.values() ?? [])].reduce((n, t) => n + t.held, 0);
    total.massAsked.push({ place: massPlaceOf(key), held, ...begin, told });
  }
  const links = [...changes.links.values()];
  const isBack = links.some(
    ({ id, state }) => world.links.get(id)?.state === "missing" && state !== "missing",
  );
  const released = [...changes.released.values()];
  if (isBack || released.some(({ code }) => isMassCode(code))) total.mayBeEmptied = true;
}

/** One question for what waits with many others; none any more where nothing waits. */
export async function settleMass(
  tx: Transaction,
  context: EngineContext,
  { recording, total }: { readonly recording: Recording; readonly total: MassNotes },
): Promise<void> {
  const { massAsked, mayBeEmptied } = total;
  if (massAsked.length === 0 && !mayBeEmptied) return;
  await askMassChanges(tx, massAsked, askingOf(context, recording));
  if (mayBeEmptied) await endEmptied(tx, recording.system, nowOf(context));
  total.topics.add("runs");
}

/** A question that was answered while a batch was decided asks for what came since. */
export async function askAfterwards(
  sql: Connection,
  context: EngineContext,
  {
    recording,
    total,
  }: { readonly recording: Recording; readonly total: Pick<MassNotes, "massAsked"> },
): Promise<void> {
  if (total.massAsked.length === 0) return;
  const again = total.massAsked.map((one) => ({ ...one, held: 0 }));
  await askMassChanges(sql, again, askingOf(context, recording));
}

const askingOf = (context: EngineContext, { system, map }: Recording) => ({
  ...{ system, mapVersion: map.version, engine: context.id, now: nowOf(context) },
  newId: () => context.ids.next(),
});
