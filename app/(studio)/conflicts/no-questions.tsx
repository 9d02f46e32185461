"use client";

import { Button } from "../../../components/ui/button.tsx";
import { formatCount } from "../../../components/ui/count.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { LinkButton } from "../../../components/ui/link-button.tsx";
import type { ConflictFilter, QuestionPage } from "./conflict-filter.ts";

type NoQuestionsProps = {
  page: QuestionPage;
  filter: ConflictFilter;
  setFilter: (changes: Partial<ConflictFilter>) => unknown;
  decided: number;
  left: number;
  /** Answers that the server does not have yet. */
  sending: number;
};

/**
 * Nothing to decide: because it was all decided, because a filter hides it, or because all agree.
 */
export function NoQuestions({ page, setFilter, decided, left, sending }: NoQuestionsProps) {
  if (left > 0) {
    return <EmptyState title="More are on their way">The next questions are loading.</EmptyState>;
  }
  if (sending > 0) {
    return (
      <EmptyState title={`Sending ${countWords(sending)}`}>
        Keep this page open until the server has {sending === 1 ? "it" : "them"}.
      </EmptyState>
    );
  }
  const hidden = Math.max(0, page.all - page.matching);
  const clear = () => setFilter({ kind: null, entity: null, field: null, system: null });
  if (hidden > 0) {
    return (
      <EmptyState
        icon="filter"
        title={decided > 0 ? "Decided, as far as the filter shows" : "No question fits"}
        action={<Button onClick={clear}>Show all {formatCount(hidden)}</Button>}
      >
        The filter hides {formatCount(hidden)} open {hidden === 1 ? "question" : "questions"}.
      </EmptyState>
    );
  }
  if (decided > 0) {
    return (
      <EmptyState
        icon="check"
        title="All decided"
        action={<LinkButton href="/audit?actor=person">See what was decided</LinkButton>}
      >
        You decided {formatCount(decided)} {decided === 1 ? "question" : "questions"}. The systems
        get the values now. Z takes the last one back.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="check" title="Nothing to decide">
      All systems agree, or a rule of the map decides. When two of them change the same field at
      once and no rule can tell, the question is asked here.
    </EmptyState>
  );
}

function countWords(sending: number): string {
  return `${formatCount(sending)} ${sending === 1 ? "answer" : "answers"}`;
}
