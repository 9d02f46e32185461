import { groupOf } from "../../../server/core/map/groups.ts";
import type { ConflictFilter, Question, QuestionPage } from "./conflict-filter.ts";

/** What the list draws: headings between questions. */
export type QueueRow =
  | {
      readonly kind: "heading";
      readonly key: string;
      readonly label: string;
      readonly count: number;
    }
  | { readonly kind: "question"; readonly key: string; readonly question: Question };

type Names = Pick<QuestionPage, "entities" | "groups">;

/**
 * The questions with a heading before each group of like ones. Questions that came back stand
 * first, under a heading of their own.
 */
export function queueRows(
  questions: readonly Question[],
  back: ReadonlySet<string>,
  order: ConflictFilter["order"],
  names: Names,
): QueueRow[] {
  const returned = questions.filter(({ id }) => back.has(id));
  const rows: QueueRow[] = [];
  if (returned.length > 0) {
    const label = "Look at these again";
    rows.push({ kind: "heading", key: "back", label, count: returned.length });
    rows.push(...returned.map(toRow));
  }
  let group: string | null = null;
  for (const question of questions) {
    if (back.has(question.id)) continue;
    const heading = headingOf(question, order, names);
    if (heading !== null && heading.key !== group) rows.push({ kind: "heading", ...heading });
    group = heading?.key ?? null;
    rows.push(toRow(question));
  }
  return rows;
}

const toRow = (question: Question): QueueRow => ({
  kind: "question",
  key: question.id,
  question,
});

function headingOf(question: Question, order: ConflictFilter["order"], names: Names) {
  if (order !== "field") return null;
  const { entity, field, kind } = question;
  const key = `${kind} ${entity} ${field ?? ""}`;
  const count =
    names.groups.find(
      (group) => group.kind === kind && group.entity === entity && group.field === field,
    )?.count ?? 0;
  return { key, label: placeWords(question, names.entities), count };
}

/** "Product, Name"; for a record as a whole "Product, deleted rows". */
export function placeWords(
  { entity, field, kind }: Pick<QuestionPage["groups"][number], "entity" | "field" | "kind">,
  entities: QuestionPage["entities"],
): string {
  const known = entities.find(({ id }) => id === entity);
  const name = known?.name ?? entity;
  if (field === null) return `${name}, ${kind === "delete" ? "deleted rows" : "identity"}`;
  const group = known === undefined ? undefined : groupOf(known, field);
  return `${name}, ${group?.name ?? known?.fields.find(({ id }) => id === field)?.name ?? field}`;
}

/** The question after (or before) another one in the list; null at its end. */
export function neighbour(
  questions: readonly Question[],
  id: string | null,
  step: 1 | -1,
): Question | null {
  const place = questions.findIndex((question) => question.id === id);
  if (place < 0) return questions[0] ?? null;
  return questions[place + step] ?? null;
}
