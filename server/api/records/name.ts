import { z } from "zod";
import { asId, type RecordId } from "../../core/ids.ts";
import { recordName } from "../../storage/screens/records.ts";
import { readLiveMap } from "../live-map.ts";
import { viewerProcedure } from "../trpc.ts";

/** What a record is called, for a value that refers to it; null where there is no such record. */
export const name = viewerProcedure
  .input(z.object({ record: z.uuid() }))
  .query(async ({ ctx, input }) => {
    const { sql } = ctx.hub;
    const { titles, document } = await readLiveMap(sql);
    const found = await recordName(sql, asId<RecordId>(input.record), titles);
    if (found === null) return null;
    const entity = document.entities.find(({ id }) => id === found.entity)?.name ?? found.entity;
    return { ...found, entity };
  });
