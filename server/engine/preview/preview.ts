import type { Hub, Transaction } from "../../../db/client.ts";
import { fusesOf } from "../../core/impact/fuses.ts";
import { hubRows } from "../../core/impact/hub-rows.ts";
import type { Impact, SystemImpact } from "../../core/impact/impact.ts";
import type { ProgressNote } from "../../core/impact/progress-note.ts";
import { ImpactTally } from "../../core/impact/tally.ts";
import { LIMITS } from "../../core/limits.ts";
import { EMPTY_MAP, type MapDocument } from "../../core/map/document.ts";
import { entitiesToRekey } from "../../core/map/rekeyed.ts";
import type { CompiledMap } from "../../core/plan/compile-map.ts";
import { driftedObjects } from "../../storage/current-map.ts";
import { deliveryPartition } from "../../storage/delivery-partitions.ts";
import { fence } from "../../storage/leases.ts";
import { insertVersion } from "../../storage/maps.ts";
import { countLive, countLookedAt, countRecords } from "../../storage/preview.ts";
import {
  compareConflicts,
  compareQuarantine,
  compareRecords,
} from "../../storage/preview-compare.ts";
import type { ReferenceField } from "../../storage/preview-sample.ts";
import { copyHub, endLookingUp } from "../../storage/preview-tables.ts";
import { readSchemas } from "../../storage/systems.ts";
import { fitHub } from "../acts/fit-hub.ts";
import { type EngineContext, nowOf } from "../context.ts";
import { createMapCache } from "../map-cache.ts";
import { OwnCalls } from "../own-calls.ts";
import { asPool, inOwnSession } from "./alone.ts";
import { type Decided, decideAll } from "./decide-all.ts";
import { OwnRecords } from "./own-records.ts";
import { planAll } from "./plan-all.ts";
import { Progress } from "./progress.ts";
import { Sample } from "./sample.ts";

export type PreviewContext = Pick<
  EngineContext,
  "clock" | "ids" | "random" | "log" | "openSession"
> & { readonly hub: Hub };

export type Previewed = {
  /** A checked document: one without errors. */
  readonly document: MapDocument;
  /** Rows of each system and kind that are given to be looked at. */
  readonly rowsMax?: number;
  /** Of a hub with more records than this a sample of about so many is decided. */
  readonly recordsMax?: number;
  readonly signal: AbortSignal;
  readonly progress: (note: ProgressNote) => void;
};

/**
 * Finds what publishing a map would change where, by deciding all that the engine would decide
 * then, on what the hub has, with the engine's own steps. Nothing is written, to no system and not
 * to the hub.
 * @throws PreviewEnded
 */
export async function previewImpact(ctx: PreviewContext, of: Previewed): Promise<Impact> {
  const progress = new Progress(of.signal, of.progress);
  progress.begin("copying", 0);
  return await inOwnSession(ctx.hub, of.signal, async (tx) => {
    const records = await countRecords(tx);
    const recordsMax = of.recordsMax ?? LIMITS.previewRecordsMax;
    const sample =
      records > recordsMax ? new Sample(recordsMax / records, referencesIn(of.document)) : null;
    await copyHub(tx, sample === null ? null : () => sample.draw(tx));
    const own = new OwnRecords();
    const context = contextIn(ctx, tx, own);
    return await rehearse(context, { ...of, tx, progress, records, own, sample });
  });
}

function referencesIn({ entities }: MapDocument): ReferenceField[] {
  return entities.flatMap(({ id: entity, fields }) =>
    fields.flatMap(({ id: field, type }) => (type === "reference" ? [{ entity, field }] : [])),
  );
}

/** The engine as it works in the preview's tables. */
function contextIn(
  { hub: _, ...ctx }: PreviewContext,
  tx: Transaction,
  records: OwnRecords,
): EngineContext {
  return {
    ...ctx,
    id: "preview",
    sql: asPool(tx),
    records,
    calls: new OwnCalls(),
    step: () => Promise.resolve(),
  };
}

type Rehearsing = Omit<Previewed, "progress"> & {
  readonly tx: Transaction;
  readonly progress: Progress;
  /** Living records of the hub. */
  readonly records: number;
  readonly own: OwnRecords;
  readonly sample: Sample | null;
};

async function rehearse(context: EngineContext, of: Rehearsing): Promise<Impact> {
  const { tx, progress, document, sample } = of;
  const looked = sample === null ? of.records : await countLookedAt(tx);
  const before = await countLive(tx);
  const maps = createMapCache(context);
  const live = await maps.current();
  await publishHere(context, tx, live?.document ?? EMPTY_MAP, document);
  maps.invalidate();
  const map = await maps.current();
  if (map === null) throw new Error("A version was published, and none is live.");
  const drifted = await driftedObjects(tx);
  const deciding = { context, tx, live, map, drifted, own: of.own, sample, progress };
  const decided = await decideAll(deciding);
  const rows = { before, after: await countLive(tx) };
  const rowsMax = of.rowsMax ?? LIMITS.previewRowsMax;
  const tally = new ImpactTally(rowsMax);
  const [first] = document.systems;
  const mark =
    first === undefined
      ? null
      : await fence(tx, { partition: deliveryPartition(first.id, 0), epoch: 1 });
  if (mark !== null) {
    let made = 0;
    const places = { next: () => ++made };
    const known = { cache: context.records, mark };
    await planAll({ context, tx, map, known, tally, sample, progress, places });
  }
  const systems = systemsOf(map, tally, { decided, ...rows });
  await endLookingUp(tx);
  const compared = await compareRecords(tx, rowsMax);
  const kept = [...hubRows(document, compared.some), ...tally.rows()];
  const { created, changed, deleted } = compared;
  const all = [compared, ...systems.map((one) => ({ ...one, deleted: one.deleted + one.blocked }))];
  const count = all.reduce((sum, one) => sum + one.created + one.changed + one.deleted, 0);
  return {
    evaluated: {
      ...{ records: looked, of: of.records, unread: decided.unread },
      doubts:
        sample === null
          ? []
          : sample.doubts(entitiesToRekey(live?.document ?? EMPTY_MAP, document)),
    },
    hub: { created, changed, deleted },
    systems,
    conflicts: await compareConflicts(tx),
    quarantine: await compareQuarantine(tx),
    rows: kept,
    rowsLeftOut: count - kept.length,
    fuses: fusesOf(systems, { records: looked, of: of.records }),
  };
}

/** The version is live in the preview's tables. */
async function publishHere(
  context: EngineContext,
  tx: Transaction,
  before: MapDocument,
  document: MapDocument,
): Promise<void> {
  const at = nowOf(context);
  await insertVersion(tx, { document, author: "preview", note: "", restores: null, at });
  await fitHub(tx, { before, document, schemas: await readSchemas(tx) });
}

type Rows = {
  readonly decided: Decided;
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
};

function systemsOf(map: CompiledMap, tally: ImpactTally, of: Rows): SystemImpact[] {
  return map.document.systems.map(({ id }) => {
    const bindings = map.document.bindings.filter(({ system }) => system === id);
    const sum = (counts: ReadonlyMap<string, number>) =>
      bindings.reduce((total, binding) => total + (counts.get(binding.id) ?? 0), 0);
    const reads = of.decided.reads.get(id) ?? 0;
    return tally.systemImpact(id, { rows: sum(of.before), live: sum(of.after), reads });
  });
}
