import { z } from "zod";
import type { FieldValue } from "../../core/values/field-value.ts";
import { readDraft } from "../../storage/drafts.ts";
import { type CountedValue, countColumnValues } from "../../storage/screens/column-values.ts";
import { readSchemas } from "../../storage/systems.ts";
import { notFound } from "../problem.ts";
import { viewerProcedure } from "../trpc.ts";
import { type SampleContext, shortened, whileOpen } from "./sample-rows.ts";

const Input = z.object({ binding: z.string(), column: z.string().max(300) });

/** Rows of a system that are read where the hub knows none with the column. */
const ROWS_MAX = 500;
/** Longer texts are no codes. */
const CODE_CHARACTERS_MAX = 200;

/**
 * Which values a column has in its system's real rows, and how often, the commonest first: of the
 * rows that the hub has seen, or where it knows nothing of the column yet, of the first rows.
 */
export const columnValues = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { sql } = ctx.hub;
  const [{ document }, schemas] = await Promise.all([readDraft(sql), readSchemas(sql)]);
  const binding = document.bindings.find(({ id }) => id === input.binding);
  const entity = document.entities.find(({ id }) => id === binding?.entity);
  if (binding === undefined || entity === undefined) throw notFound("binding", input.binding);
  const known = await countColumnValues(sql, binding.id, input.column);
  if (known.rows > 0) return { ...known, problem: null };
  const counts = new Map<string, CountedValue>();
  let rows = 0;
  const of: SampleContext = { services: ctx, document, entity, schemas };
  const problem = await whileOpen(of, binding.system, async (session) => {
    for await (const page of session.readAll(binding.object, ROWS_MAX)) {
      for (const row of page.map((one) => shortened(one, CODE_CHARACTERS_MAX))) {
        rows += 1;
        count(counts, row.columns[input.column] ?? null);
      }
      break;
    }
  });
  const values = [...counts.values()].toSorted((a, b) => b.count - a.count);
  return { values, rows, problem };
});

function count(counts: Map<string, CountedValue>, value: FieldValue): void {
  const key = JSON.stringify(value);
  counts.set(key, { value, count: (counts.get(key)?.count ?? 0) + 1 });
}
