import { z } from "zod";
import type { MapDocument } from "../../core/map/document.ts";
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
    entities: document.entities.map(({ id, name, fields, groups }) => ({
      ...{ id, name, fields },
      ...(groups === undefined ? {} : { groups }),
    })),
    told: toldParts(document),
    nextCursor: last?.cursor ?? null,
  };
});

/** By entity and system, which fields of groups its rows tell: of the others it knows nothing. */
function toldParts({ entities, bindings }: MapDocument) {
  return entities.flatMap(({ id: entity, groups = [] }) =>
    bindings
      .filter((binding) => binding.entity === entity)
      .map(({ system, edges }) => {
        const read = edges.filter(({ direction }) => direction !== "out");
        const parts = groups.flatMap(({ fields }) => fields);
        return {
          ...{ entity, system },
          fields: parts.filter((field) => read.some((edge) => edge.fields.includes(field))),
        };
      }),
  );
}

function count(groups: readonly { readonly count: number }[]): number {
  return groups.reduce((total, group) => total + group.count, 0);
}
