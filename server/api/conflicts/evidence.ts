import { z } from "zod";
import type { MapDocument } from "../../core/map/document.ts";
import { ownershipSentence, policySentence } from "../../core/map/sentences.ts";
import { partsOf } from "../../core/values/field-value.ts";
import { auditRows } from "../../storage/screens/audit.ts";
import {
  openQuestionLine,
  type QuestionLine,
  rowsOfRecord,
} from "../../storage/screens/conflicts.ts";
import { readLiveMap } from "../live-map.ts";
import { notFound } from "../problem.ts";
import { viewerProcedure } from "../trpc.ts";

const HISTORY_LINES = 20;
const GROUP_LINES = 60;

/** What lies behind one open question: the field's history, its rules, and every row. */
export const evidence = viewerProcedure
  .input(z.object({ conflict: z.uuid() }))
  .query(async ({ ctx, input }) => {
    const { sql } = ctx.hub;
    const { document, titles } = await readLiveMap(sql);
    const question = await openQuestionLine(sql, input.conflict, titles);
    if (question === null) throw notFound("open question", input.conflict);
    const { record, field, entity } = question;
    const fields = field === null ? [] : fieldsAsked(question, field);
    // Of a group the whole record's lines: the screen shows those of its parts.
    const [only, ...more] = fields;
    const isOne = only !== undefined && more.length === 0;
    const filter = isOne ? { records: [record], field: only } : { records: [record] };
    const countMax = more.length > 0 ? GROUP_LINES : HISTORY_LINES;
    const [rows, history] = await Promise.all([
      rowsOfRecord(sql, record, fields),
      auditRows(sql, filter, { after: null, countMax, titles }),
    ]);
    const rules = field === null ? [] : rulesOf(document, entity, field);
    return { rows, history, fields, rules };
  });

/** The field, or the parts of a group. */
function fieldsAsked({ candidates }: QuestionLine, field: string): string[] {
  const parts = candidates.flatMap(({ value }) => Object.keys(partsOf(value, field)));
  return [...new Set(parts)];
}

/** The field's rules in sentences; none where the map has dropped the field since. */
function rulesOf(document: MapDocument, entity: string, field: string): string[] {
  const fields = document.entities.find(({ id }) => id === entity)?.fields ?? [];
  if (!fields.some(({ id }) => id === field)) return [];
  return [ownershipSentence(document, entity, field), policySentence(document, entity, field)];
}
