import { z } from "zod";
import { asId, type RecordId } from "../../core/ids.ts";
import { countRecords, listRecords, RECORD_STATES } from "../../storage/screens/records.ts";
import { recordsNamed } from "../../storage/screens/runs.ts";
import { readLiveMap } from "../live-map.ts";
import { viewerProcedure } from "../trpc.ts";
import { placesOf } from "./places.ts";

const PAGE_RECORDS = 100;

const Input = z.object({
  entity: z.string().optional(),
  /** A part of the title, a record's id, a system's id of it, or the value of a match key. */
  search: z.string().trim().max(500).default(""),
  state: z.enum(RECORD_STATES).default("living"),
  cursor: z.uuid().nullish(),
});

/** Records in pages, the newest first. */
export const list = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { sql } = ctx.hub;
  const { entity, search, state, cursor } = input;
  const { document, titles } = await readLiveMap(sql);
  const text = search === "" ? null : search;
  const named = text === null ? [] : await recordsNamed(sql, text, placesOf(document));
  const after = cursor == null ? null : asId<RecordId>(cursor);
  const [records, counts] = await Promise.all([
    listRecords(sql, { entity, state, text, named }, { after, countMax: PAGE_RECORDS, titles }),
    countRecords(sql, entity),
  ]);
  return {
    records,
    counts,
    systems: document.systems,
    entities: document.entities.map(({ id, name }) => ({ id, name })),
    nextCursor: records.length === PAGE_RECORDS ? (records.at(-1)?.id ?? null) : null,
  };
});
