import { z } from "zod";
import type { Sql } from "../../../db/client.ts";
import type { Binding, Edge, Entity } from "../../core/map/document.ts";
import { breakFinder, type RecordAtEdge } from "../../core/mapping/find-breaks.ts";
import { formatValue } from "../../core/values/format-value.ts";
import { readDraft } from "../../storage/drafts.ts";
import { type SampleRecord, sampleRecords } from "../../storage/screens/canvas.ts";
import { readSchemas } from "../../storage/systems.ts";
import { notFound } from "../problem.ts";
import { viewerProcedure } from "../trpc.ts";

const Input = z.object({ binding: z.string(), edge: z.string() });

/** As many are told: the first shows what to mend. */
const FOUND_MAX = 5;
const PAGE_RECORDS = 1_000;
/** A person waits for it. */
const LOOK_MS_MAX = 4_000;

type Breaking = {
  readonly record: string;
  readonly title: string;
  readonly why: string;
};

/**
 * Looks through the hub's records for some that break a line of the draft, in the order in which
 * they were made, for four seconds at most.
 */
export const findBreaking = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { hub, clock } = ctx;
  const { binding, edge, entity, whyBroken } = await readEdge(hub.sql, input);
  const until = clock.now().getTime() + LOOK_MS_MAX;
  const found: Breaking[] = [];
  let [looked, unknown] = [0, 0];
  const look = (record: SampleRecord) => {
    const at = atEdge(record, binding);
    looked += 1;
    if (!isRowKnown(edge, at)) unknown += 1;
    const why = whyBroken(at);
    if (why !== null) found.push({ record: record.id, title: titleOf(record, entity), why });
    return found.length < FOUND_MAX;
  };
  for await (const page of pagesOf(hub.sql, entity)) {
    const isOver = !page.every(look) || clock.now().getTime() > until;
    if (isOver) return { found, looked, unknown, isWhole: false };
  }
  return { found, looked, unknown, isWhole: true };
});

async function readEdge(sql: Sql, wanted: z.infer<typeof Input>) {
  const [{ document }, schemas] = await Promise.all([readDraft(sql), readSchemas(sql)]);
  const binding = document.bindings.find(({ id }) => id === wanted.binding);
  const entity = document.entities.find(({ id }) => id === binding?.entity);
  if (binding === undefined || entity === undefined) throw notFound("binding", wanted.binding);
  const edge = binding.edges.find(({ id }) => id === wanted.edge);
  if (edge === undefined) throw notFound("line", wanted.edge);
  const schema = schemas[binding.system]?.find(({ name }) => name === binding.object) ?? null;
  return { binding, edge, entity, whyBroken: breakFinder({ document, binding, edge, schema }) };
}

async function* pagesOf(sql: Sql, entity: Entity): AsyncGenerator<SampleRecord[], void> {
  let after: string | undefined;
  for (;;) {
    const query = { title: entity.title, after, countMax: PAGE_RECORDS };
    const page = await sampleRecords(sql, entity.id, query);
    yield page;
    if (page.length < PAGE_RECORDS) return;
    after = page.at(-1)?.id;
  }
}

function atEdge({ values, links }: SampleRecord, binding: Binding): RecordAtEdge {
  const link = links.find((one) => one.binding === binding.id);
  return {
    columns: link?.columns ?? null,
    values: Object.fromEntries(Object.entries(values).map(([field, { v }]) => [field, v])),
  };
}

/** A column that no line has read until now is not known of any row. */
function isRowKnown({ direction, columns }: Edge, at: RecordAtEdge): boolean {
  if (direction === "out" || at.columns === null) return true;
  return columns.every((name) => Object.hasOwn(at.columns ?? {}, name));
}

function titleOf({ id, values }: SampleRecord, { title }: Entity): string {
  const value = values[title]?.v ?? null;
  return value === null ? id : formatValue(value);
}
