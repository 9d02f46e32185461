import { z } from "zod";
import { CONFLICT_KINDS } from "../../core/reconcile/state.ts";
import {
  openQuestionLines,
  QUESTION_ORDERS,
  questionGroups,
} from "../../storage/screens/conflicts.ts";
import { readLiveMap } from "../live-map.ts";
import { viewerProcedure } from "../trpc.ts";

const PAGE_QUESTIONS = 200;

const Input = z.object({
  kind: z.enum(CONFLICT_KINDS).optional(),
  entity: z.string().optional(),
  field: z.string().optional(),
  system: z.string().optional(),
  order: z.enum(QUESTION_ORDERS).default("field"),
  cursor: z.tuple([z.string(), z.string(), z.string()]).nullish(),
});

/** Open questions in pages, with how many there are of each sort and the map's names for them. */
export const list = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { cursor, order, ...filter } = input;
  const { sql } = ctx.hub;
  const { document, titles } = await readLiveMap(sql);
  const page = { order, after: cursor ?? null, countMax: PAGE_QUESTIONS, titles };
  const [lines, groups, all] = await Promise.all([
    openQuestionLines(sql, filter, page),
    questionGroups(sql, filter),
    questionGroups(sql, {}),
  ]);
  const last = lines.length === PAGE_QUESTIONS ? lines.at(-1) : undefined;
  return {
    questions: lines.map(({ cursor: _, ...question }) => question),
    groups,
    matching: count(groups),
    all: count(all),
    /** Every sort of open question, for the choices of the filter. */
    sorts: all,
    systems: document.systems,
    /** With every field's rules: the browser tests what is entered as the server will. */
    entities: document.entities.map(({ id, name, fields }) => ({ id, name, fields })),
    nextCursor: last?.cursor ?? null,
  };
});

function count(groups: readonly { readonly count: number }[]): number {
  return groups.reduce((total, group) => total + group.count, 0);
}
