import { createLoader, parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs, Outputs } from "../../../server/api/root.ts";
import { CONFLICT_KINDS } from "../../../server/core/reconcile/state.ts";

export const ORDERS = ["field", "record", "age"] as const;

/** The queue as it stands in the address: what is shown, in which order, and which is open. */
export const CONFLICT_FILTER = {
  entity: parseAsString,
  field: parseAsString,
  kind: parseAsStringLiteral(CONFLICT_KINDS),
  system: parseAsString,
  order: parseAsStringLiteral(ORDERS).withDefault("field"),
  /** The question on the card. */
  question: parseAsString,
  evidence: parseAsBoolean.withDefault(false),
};

export const loadConflictFilter = createLoader(CONFLICT_FILTER);

export type ConflictFilter = Awaited<ReturnType<typeof loadConflictFilter>>;
export type QuestionPage = Outputs["conflicts"]["list"];
export type Question = QuestionPage["questions"][number];
type Asked = Omit<NonNullable<Inputs["conflicts"]["list"]>, "cursor">;

/** The question for the server: what is not filtered by is left out. */
export function askedOf({ entity, field, kind, system, order }: ConflictFilter): Asked {
  return {
    order,
    ...(entity === null ? {} : { entity }),
    ...(field === null ? {} : { field }),
    ...(kind === null ? {} : { kind }),
    ...(system === null ? {} : { system }),
  };
}

/** Pages go on behind the last question of the one before. */
export const QUESTION_PAGES = { getNextPageParam: (page: QuestionPage) => page.nextCursor };
