import { z } from "zod";
import { readDraft } from "../../storage/drafts.ts";
import { type SampleRecord, sampleRecords } from "../../storage/screens/canvas.ts";
import { readSchemas } from "../../storage/systems.ts";
import { notFound } from "../problem.ts";
import { viewerProcedure } from "../trpc.ts";
import { firstRows, readRowsNow, type Sample } from "./sample-rows.ts";

/** Records that are read at once: stepping through them then needs no question. */
const WINDOW_RECORDS = 20;

const Input = z.object({
  entity: z.string(),
  /** Only records whose title or match key contains this. */
  find: z.string().trim().max(200).optional(),
  /** The next or the previous ones, seen from this record. */
  after: z.uuid().optional(),
  before: z.uuid().optional(),
  /** This one, and those after it. */
  from: z.uuid().optional(),
});

/**
 * Real records to look at while drawing, with the rows that they are made of, read from the
 * systems now. An entity without a record shows rows of the first object that can be read.
 */
export const sample = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { sql } = ctx.hub;
  const [{ document }, schemas] = await Promise.all([readDraft(sql), readSchemas(sql)]);
  const entity = document.entities.find(({ id }) => id === input.entity);
  if (entity === undefined) throw notFound("entity", input.entity);
  const { find, after, before, from } = input;
  const query = { find: find === "" ? undefined : find, after, before, from, title: entity.title };
  const records = await sampleRecords(sql, entity.id, { ...query, countMax: WINDOW_RECORDS + 1 });
  const isMore = records.length > WINDOW_RECORDS;
  const shown =
    before === undefined ? records.slice(0, WINDOW_RECORDS) : records.slice(-WINDOW_RECORDS);

  const of = { services: ctx, document, entity, schemas };
  const samples = shown.map(sampleOf);
  const isStart = [query.find, after, before, from].every((one) => one === undefined);
  if (samples.length === 0 && isStart) samples.push(...(await firstRows(of, WINDOW_RECORDS)));
  const reads = await readRowsNow(of, samples);
  return {
    source: samples.some(({ record }) => record === null)
      ? ("rows" as const)
      : ("records" as const),
    samples,
    reads,
    hasBefore: before === undefined ? (after ?? from) !== undefined : isMore,
    hasAfter: before === undefined ? isMore : true,
  };
});

function sampleOf({ id, values, links }: SampleRecord): Sample {
  return {
    record: id,
    hub: Object.fromEntries(Object.entries(values).map(([field, { v }]) => [field, v])),
    rows: Object.fromEntries(
      links.map(({ binding, externalId, columns }) => [binding, { externalId, columns }]),
    ),
  };
}
