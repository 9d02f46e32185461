"use client";

import dynamic from "next/dynamic";
import { useMemo, useState } from "react";
import { actorWords } from "../../../components/audit/actor-words.ts";
import type { Shortcut } from "../../../components/shell/shortcuts.ts";
import { useShortcuts } from "../../../components/shell/use-shortcuts.ts";
import { type FieldValue, isTuple } from "../../../server/core/values/field-value.ts";
import { askedOf } from "./asked.ts";
import { CardActions } from "./card-actions.tsx";
import { ConflictCard } from "./conflict-card.tsx";
import type { Question, QuestionPage } from "./conflict-filter.ts";
import { contendersOf } from "./contenders.ts";
import { decisionWords } from "./decision-words.ts";
import type { Returned } from "./decisions.ts";
import { placeWords } from "./queue-rows.ts";
import type { Choice, Decided } from "./use-decisions.ts";
import { useMovedValues } from "./use-moved-values.ts";

// What is opened on a question comes when it is opened first.
const EvidencePanel = dynamic(() =>
  import("./evidence-panel.tsx").then((part) => part.EvidencePanel),
);
const ValueEditor = dynamic(() => import("./value-editor.tsx").then((part) => part.ValueEditor));

type ConflictDeskProps = {
  question: Question;
  page: QuestionPage;
  returned: Returned | undefined;
  decided: number;
  evidence: boolean;
  onDecide: (decided: Decided) => void;
  onSkip: () => void;
  onEvidence: () => void;
};

/** The question on the card, with everything that can be done to it by key or press. */
export function ConflictDesk(props: ConflictDeskProps) {
  const { question, page, returned, onDecide, onSkip, onEvidence, evidence } = props;
  const [editing, setEditing] = useState<string | null>(null);
  const contenders = useMemo(() => contendersOf(question, page.systems), [question, page.systems]);
  const moved = useMovedValues(question.id, question.revision, contenders);
  const asked = askedOf(question, page);
  const told = useMemo(() => toldBySystem(question, page), [question, page]);
  const isEditing = editing === question.id && asked !== null;

  const take = (choice: Choice) => {
    if (moved.isFresh()) return;
    setEditing(null);
    const who = (from: string) => actorWords(from, page.systems).name;
    const words = decisionWords(question, choice, { field: asked?.name ?? null, who });
    onDecide({ question, choice, words });
  };
  const edit = asked === null ? null : () => setEditing(question.id);
  useShortcuts("Conflicts", [
    ...takeKeys(question, contenders, take),
    ...(edit === null ? [] : [{ id: "edit", keys: "e", label: EDIT_LABEL, run: edit }]),
    { id: "skip", keys: "s", label: "Skip", run: onSkip },
    { id: "evidence", keys: "space", label: "Show the evidence", run: onEvidence },
  ]);
  return (
    <article
      aria-label={`Question about ${placeWords(question, page.entities)}`}
      data-scroll
      className="flex min-h-0 flex-1 flex-col overflow-y-auto bg-panel"
    >
      <ConflictCard
        {...{ question, asked, told, contenders }}
        place={placeWords(question, page.entities)}
        systems={page.systems}
        moved={moved.who}
        returned={returned?.reason ?? null}
        onTake={take}
      />
      <CardActions
        onEdit={edit}
        onSkip={onSkip}
        onEvidence={onEvidence}
        hasEvidence={evidence}
        canUndo={props.decided > 0}
      />
      {isEditing && (
        <ValueEditor
          key={question.id}
          asked={asked}
          start={startOf(question)}
          onSave={(value) => take({ kind: "value", value })}
          onCancel={() => setEditing(null)}
        />
      )}
      {evidence && <EvidencePanel {...{ question, asked }} systems={page.systems} />}
    </article>
  );
}

const EDIT_LABEL = "Enter another value";

/** Systems that tell only some of what is asked about, each with what it tells. */
function toldBySystem({ entity, candidates }: Question, { told }: QuestionPage) {
  const own = told.filter((one) => one.entity === entity);
  const tuples = candidates.filter(({ value }) => isTuple(value));
  return new Map(
    tuples.flatMap(({ from }) => {
      const of = own.filter(({ system }) => from === `system:${system}`);
      const fields = of.flatMap((one) => one.fields);
      return of.length === 0 ? [] : [[from as string, new Set(fields)] as const];
    }),
  );
}

/** One starts from a value that is there, the first contender's. */
function startOf({ candidates, base }: Question): FieldValue {
  return candidates[0]?.value ?? base.value ?? null;
}

/** 0 and 1 to 9: the same key is the same choice all session. */
function takeKeys(
  question: Question,
  contenders: ReturnType<typeof contendersOf>,
  take: (choice: Choice) => void,
): Shortcut[] {
  if (question.kind === "delete") {
    return [
      { id: "0", keys: "0", label: "Keep the record", run: () => take({ kind: "keep" }) },
      { id: "1", keys: "1", label: "Delete everywhere", run: () => take({ kind: "delete" }) },
    ];
  }
  const taking = contenders.slice(0, 9).map(({ from }, index) => ({
    id: String(index + 1),
    keys: String(index + 1),
    label: `Take value ${index + 1}`,
    run: () => take({ kind: "candidate", from }),
  }));
  const agreed = { id: "0", keys: "0", label: "Keep last agreed" };
  return [{ ...agreed, run: () => take({ kind: "hub" }) }, ...taking];
}
