"use client";

import { useShortcuts } from "../../../components/shell/use-shortcuts.ts";
import { Button } from "../../../components/ui/button.tsx";
import { SplitPane } from "../../../components/ui/split-pane.tsx";
import { valueText } from "../../../components/values/value-text.ts";
import { ConflictDesk } from "./conflict-desk.tsx";
import type { ConflictFilter, Question, QuestionPage } from "./conflict-filter.ts";
import type { Decisions } from "./decisions.ts";
import { NoQuestions } from "./no-questions.tsx";
import { QueueList } from "./queue-list.tsx";
import { neighbour, placeWords, queueRows } from "./queue-rows.ts";
import type { Decided } from "./use-decisions.ts";

type ConflictSplitProps = {
  page: QuestionPage;
  questions: readonly Question[];
  filter: ConflictFilter;
  setFilter: (changes: Partial<ConflictFilter>) => unknown;
  state: Decisions;
  left: number;
  /** Answers that the server does not have yet. */
  sending: number;
  onDecide: (decided: Decided) => void;
  onEndReached: () => void;
};

/** The list and the card beside each other; on a narrow screen one of the two. */
export function ConflictSplit(props: ConflictSplitProps) {
  const { page, questions, filter, setFilter, state, left, sending, onDecide, onEndReached } =
    props;
  const rows = queueRows(questions, new Set(Object.keys(state.back)), filter.order, page);
  const inOrder = rows.flatMap((row) => (row.kind === "question" ? [row.question] : []));
  const open = inOrder.find(({ id }) => id === filter.question) ?? inOrder[0];
  const show = (question: Question | null) => setFilter({ question: question?.id ?? null });
  const move = (step: 1 | -1) => {
    const next = neighbour(inOrder, open?.id ?? null, step);
    if (next !== null) show(next);
  };
  const after = () =>
    neighbour(inOrder, open?.id ?? null, 1) ?? neighbour(inOrder, open?.id ?? null, -1);
  useShortcuts("Conflicts list", [
    { id: "next", keys: "j", label: "Next question", run: () => move(1) },
    { id: "previous", keys: "k", label: "Previous question", run: () => move(-1) },
    { id: "next-bracket", keys: "]", label: "Next question", hidden: true, run: () => move(1) },
    { id: "last-bracket", keys: "[", label: "Previous one", hidden: true, run: () => move(-1) },
  ]);
  if (open === undefined) {
    return <NoQuestions {...{ page, filter, setFilter, left, sending }} decided={state.count} />;
  }
  const nameOf = (question: Question) =>
    filter.order === "field"
      ? valueText(question.title)
      : `${valueText(question.title)}, ${fieldWords(question, page)}`;
  return (
    <SplitPane
      label="List of questions"
      storageKey="conflicts"
      narrow={filter.question === null ? "panel" : "main"}
      panel={
        <QueueList
          {...{ rows, nameOf, onEndReached }}
          openId={open.id}
          systems={page.systems}
          onOpen={show}
          onMove={move}
        />
      }
    >
      <div className="border-rule border-b bg-panel px-2 py-1 md:hidden">
        <Button size="sm" variant="quiet" icon="arrow-left" onClick={() => show(null)}>
          All questions
        </Button>
      </div>
      <ConflictDesk
        question={open}
        page={page}
        returned={state.back[open.id]}
        decided={state.count}
        evidence={filter.evidence}
        onDecide={(decided) => {
          show(after());
          onDecide(decided);
        }}
        onSkip={() => move(1)}
        onEvidence={() => setFilter({ evidence: !filter.evidence })}
      />
    </SplitPane>
  );
}

function fieldWords(question: Question, page: QuestionPage): string {
  return placeWords(question, page.entities).split(", ").at(-1) ?? "";
}
