import { z } from "zod";
import { asId, type RecordId } from "../../core/ids.ts";
import type { MapDocument } from "../../core/map/document.ts";
import type { Candidate } from "../../core/reconcile/state.ts";
import { partsOf } from "../../core/values/field-value.ts";
import { type RecordFacts, type RowFacts, recordFacts } from "../../engine/acts/record-facts.ts";
import { mergedInto } from "../../storage/links.ts";
import { historyEnd, recordDates, recordName } from "../../storage/screens/records.ts";
import { readLiveMap } from "../live-map.ts";
import { idInAddress, notFound } from "../problem.ts";
import { viewerProcedure } from "../trpc.ts";

/** One record: the hub's values, and what each system holds and how that stands to them. */
export const find = viewerProcedure
  .input(z.object({ record: z.string() }))
  .query(async ({ ctx, input }) => {
    const { hub } = ctx;
    const id = asId<RecordId>(idInAddress("record", input.record));
    const { titles } = await readLiveMap(hub.sql);
    const [facts, dates, history, merges, named] = await Promise.all([
      recordFacts(hub, id),
      recordDates(hub.sql, id),
      historyEnd(hub.sql, id),
      mergedInto(hub.sql, id),
      recordName(hub.sql, id, titles),
    ]);
    if (facts === null || dates === null) throw notFound("record", id);
    const { record, rows, conflicts, held, map } = facts;
    return {
      id,
      entity: record.entity,
      title: named?.title ?? null,
      values: record.values,
      createdAt: dates.createdAt,
      deletedAt: record.deletedAt,
      mergedInto: record.merged?.into ?? null,
      /** Records that were merged into this one. */
      merges,
      version: map.version,
      document: partOf(facts),
      rows: rows.map(toRow),
      questions: conflicts.map(({ id: conflict, kind, field, reason, openedAt, candidates }) => ({
        ...{ id: conflict, kind, field, reason, openedAt },
        /** The field, or the parts of a group that it is about. */
        fields: field === null ? [] : partsAsked(candidates, field),
      })),
      held: held.map(({ value, ...item }) => ({ ...item, ...value })),
      history,
    };
  });

/**
 * The part of the map that concerns the record: its entity, with the bindings and systems of it.
 */
function partOf({ map, record }: RecordFacts): MapDocument {
  const { document } = map;
  return {
    ...document,
    entities: document.entities.filter(({ id }) => id === record.entity),
    bindings: document.bindings.filter(({ entity }) => entity === record.entity),
  };
}

function partsAsked(candidates: readonly Candidate[], field: string): string[] {
  return [
    ...new Set([field, ...candidates.flatMap(({ value }) => Object.keys(partsOf(value, field)))]),
  ];
}

function toRow({ link, delivery, sending, cells }: RowFacts) {
  const { id, binding, system, externalId, incarnation, state, position } = link;
  return {
    id,
    binding,
    system,
    externalId,
    incarnation,
    state,
    position,
    delivery,
    sending,
    cells,
  };
}
