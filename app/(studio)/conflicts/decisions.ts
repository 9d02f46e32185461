import type { Question } from "./conflict-filter.ts";

/** What this session has decided, ahead of the server. */
export type Decisions = {
  /** Decided questions, by the revision that was answered: they are not shown any more. */
  readonly hidden: Readonly<Record<string, number>>;
  /** Questions that came back: refused, or taken back. They stand first. */
  readonly back: Readonly<Record<string, Returned>>;
  /** How many were decided and stand. */
  readonly count: number;
};

export type Returned = {
  readonly question: Question;
  /** Why it is back; null while it is only taken back. */
  readonly reason: string | null;
};

export const NO_DECISIONS: Decisions = { hidden: {}, back: {}, count: 0 };

export type DecisionEvent =
  | { readonly type: "decide"; readonly question: Question }
  /** The server refused it, or the question had moved: it is asked again. */
  | { readonly type: "refuse"; readonly question: Question; readonly reason: string }
  | { readonly type: "undo"; readonly question: Question }
  | { readonly type: "undone"; readonly question: Question }
  /** It cannot be taken back: it stays decided. */
  | { readonly type: "stands"; readonly question: Question };

export function decisions(state: Decisions, event: DecisionEvent): Decisions {
  const { question } = event;
  const hidden = without(state.hidden, question.id);
  const back = without(state.back, question.id);
  switch (event.type) {
    case "decide":
      return {
        hidden: { ...hidden, [question.id]: question.revision },
        back,
        count: state.count + 1,
      };
    case "refuse": {
      const returned = { question, reason: event.reason };
      return { hidden, back: { ...back, [question.id]: returned }, count: state.count - 1 };
    }
    case "undo": {
      const returned = { question, reason: null };
      return { hidden, back: { ...back, [question.id]: returned }, count: state.count - 1 };
    }
    case "undone": {
      // Answered again meanwhile: what counts is the question as the server has it now.
      if (question.id in state.hidden) {
        return { ...state, hidden: { ...state.hidden, [question.id]: question.revision } };
      }
      const returned = { question, reason: null };
      return { ...state, hidden, back: { ...back, [question.id]: returned } };
    }
    case "stands": {
      const isAnswered = question.id in state.hidden;
      return {
        hidden: { ...hidden, [question.id]: question.revision },
        back,
        count: state.count + (isAnswered ? 0 : 1),
      };
    }
  }
}

/**
 * Is it between the same values? That one of their systems has been written to meanwhile, and has
 * its value no more, makes no other choice of it.
 */
export function asksTheSame(a: Question, b: Question): boolean {
  const values = ({ candidates, base }: Question) =>
    JSON.stringify([candidates.map(({ from, value }) => [from, value]), base]);
  return values(a) === values(b);
}

function without<T>(all: Readonly<Record<string, T>>, id: string): Record<string, T> {
  const { [id]: _, ...rest } = all;
  return rest;
}

/**
 * The questions to show: the server's without those that were decided here, and before them the
 * ones that came back, as the server has them now where it tells.
 */
export function openQuestions(told: readonly Question[], state: Decisions): Question[] {
  const present = told.filter(({ id, revision }) => (state.hidden[id] ?? -1) < revision);
  const known = new Set(present.map(({ id }) => id));
  const missing = Object.values(state.back)
    .map(({ question }) => question)
    .filter(({ id }) => !known.has(id) && !(id in state.hidden));
  return [...missing, ...present];
}
