import { z } from "zod";
import { AUDIT_KINDS } from "../../core/audit/audit-entry.ts";
import { LIMITS } from "../../core/limits.ts";
import { auditRows } from "../../storage/screens/audit.ts";
import { recordsNamed } from "../../storage/screens/runs.ts";
import { readLiveMap } from "../live-map.ts";
import { placesOf } from "../records/places.ts";
import { viewerProcedure } from "../trpc.ts";

const Input = z.object({
  entity: z.string().optional(),
  field: z.string().optional(),
  /** A record's id, a system's id of it, or the value of a match key. */
  record: z.string().trim().max(500).optional(),
  system: z.string().optional(),
  actor: z.string().optional(),
  kinds: z.array(z.enum(AUDIT_KINDS)).min(1).optional(),
  run: z.string().optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  cursor: z.object({ at: z.iso.datetime(), stream: z.string(), number: z.int() }).nullish(),
});

/** Every change, newest first, in pages. */
export const list = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { sql } = ctx.hub;
  const { record = "", cursor, ...filter } = input;
  const { document, titles } = await readLiveMap(sql);
  const records = record === "" ? undefined : await recordsNamed(sql, record, placesOf(document));
  const page = { after: cursor ?? null, countMax: LIMITS.pageRowsMax, titles };
  const lines = await auditRows(sql, { ...filter, records }, page);
  const last = lines.length === LIMITS.pageRowsMax ? lines.at(-1) : undefined;
  return {
    lines,
    /** How many records the text names; null where none was given. */
    named: records?.length ?? null,
    systems: document.systems,
    entities: document.entities.map(({ id, name, fields }) => ({
      id,
      name,
      fields: fields.map((field) => ({ id: field.id, name: field.name, type: field.type })),
    })),
    nextCursor:
      last === undefined ? null : { at: last.at, stream: last.stream, number: last.number },
  };
});
