import { z } from "zod";
import type { MapDocument } from "../../core/map/document.ts";
import { ownershipSentence, policySentence } from "../../core/map/sentences.ts";
import { auditRows } from "../../storage/screens/audit.ts";
import { openQuestionLine, rowsOfRecord } from "../../storage/screens/conflicts.ts";
import { readLiveMap } from "../live-map.ts";
import { notFound } from "../problem.ts";
import { viewerProcedure } from "../trpc.ts";

const HISTORY_LINES = 20;

/** What lies behind one open question: the field's history, its rules, and every row. */
export const evidence = viewerProcedure
  .input(z.object({ conflict: z.uuid() }))
  .query(async ({ ctx, input }) => {
    const { sql } = ctx.hub;
    const { document, titles } = await readLiveMap(sql);
    const question = await openQuestionLine(sql, input.conflict, titles);
    if (question === null) throw notFound("open question", input.conflict);
    const { record, field, entity } = question;
    const filter = field === null ? { records: [record] } : { records: [record], field };
    const page = { after: null, countMax: HISTORY_LINES, titles };
    const [rows, history] = await Promise.all([
      rowsOfRecord(sql, record, field),
      auditRows(sql, filter, page),
    ]);
    return { rows, history, rules: field === null ? [] : rulesOf(document, entity, field) };
  });

/** The field's rules in sentences; none where the map has dropped the field since. */
function rulesOf(document: MapDocument, entity: string, field: string): string[] {
  const fields = document.entities.find(({ id }) => id === entity)?.fields ?? [];
  if (!fields.some(({ id }) => id === field)) return [];
  return [ownershipSentence(document, entity, field), policySentence(document, entity, field)];
}
