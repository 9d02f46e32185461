"use client";

import { useState } from "react";
import type { Binding } from "../../../server/core/map/document.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { notify } from "../../ui/toast.tsx";
import { speak, useCanvasStore } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { type Candidate, candidateKey, pairsOf } from "./candidates.ts";
import { PairList } from "./pair-list.tsx";
import { VERY_LIKELY } from "./score-words.ts";
import { SuggestionNotes } from "./suggestion-notes.tsx";
import { takingOf } from "./take.ts";
import { useSuggestions } from "./use-suggestions.ts";

/**
 * All that is suggested for an object, or for every object of the entity: a list to read, and one
 * press that takes what is ticked. What is joined already is not in it.
 * @param binding null: every object
 */
export function SuggestDialog({ binding }: { binding: string | null }) {
  const { document, entity } = useEditor();
  const store = useCanvasStore();
  const bindings = document.bindings.filter(
    ({ id, entity: of }) => of === entity.id && (binding ?? id) === id,
  );
  const [only] = binding === null ? [] : bindings;
  const system = document.systems.find(({ id }) => id === only?.system);
  const close = () => store.setState({ suggest: null });
  return (
    <Dialog
      title={`Suggestions for ${system === undefined ? entity.name : system.name}`}
      description={
        "What is joined already stays as it is. A line that is taken is marked until somebody " +
        "confirms it, and one undo takes all of them back."
      }
      size="lg"
      open
      onOpenChange={close}
    >
      <Choice bindings={bindings} onDone={close} />
    </Dialog>
  );
}

function Choice({ bindings, onDone }: { bindings: readonly Binding[]; onDone: () => void }) {
  const { readOnly } = useEditor();
  const { answers, isLoading, failure, retry } = useSuggestions(bindings);
  // What a person ticked or unticked; of the rest those are taken that are very likely.
  const [ticks, setTicks] = useState<ReadonlyMap<string, boolean>>(new Map());
  const take = useTakingAll(onDone);
  if (failure !== null) {
    return (
      <div role="alert" className="flex flex-col items-start gap-3">
        <p className="type-body text-ink-2">The suggestions did not load. {failure}</p>
        <Button icon="refresh" onClick={retry}>
          Try again
        </Button>
      </div>
    );
  }
  if (isLoading) return <SkeletonRows rows={5} label="Looking for suggestions" />;
  const pairs = bindings
    .flatMap((one) => pairsOf(one, answers.get(one.id)))
    .toSorted((a, b) => b.score - a.score);
  const isTicked = (pair: Candidate) => ticks.get(candidateKey(pair)) ?? pair.score >= VERY_LIKELY;
  const chosen = pairs.filter(isTicked);
  const tick = (some: readonly Candidate[], on: boolean) =>
    setTicks(new Map([...ticks, ...some.map((pair) => [candidateKey(pair), on] as const)]));
  const sure = pairs.filter(({ score }) => score >= VERY_LIKELY);
  const others = pairs.filter(({ score }) => score < VERY_LIKELY);
  return (
    <div className="-m-4 flex flex-col">
      <SuggestionNotes {...{ bindings, answers }} />
      {pairs.length === 0 && <Nothing count={bindings.length} />}
      <PairList title="0.9 or more: very likely" pairs={sure} {...{ isTicked, tick }} />
      <PairList title="Less sure: tick what is right" pairs={others} {...{ isTicked, tick }} />
      <div className="sticky bottom-0 flex justify-end gap-2 border-rule border-t bg-panel p-4">
        <Button onClick={onDone}>Leave</Button>
        {pairs.length > 0 && (
          <Button
            variant="primary"
            icon="check"
            disabledReason={
              readOnly ?? (chosen.length === 0 ? "Tick at least one of them" : undefined)
            }
            onClick={() => take(chosen)}
          >
            {chosen.length === 1 ? "Take 1 suggestion" : `Take ${chosen.length} suggestions`}
          </Button>
        )}
      </div>
    </div>
  );
}

function Nothing({ count }: { count: number }) {
  return (
    <p className="p-4 type-body text-ink-2">
      {count === 0
        ? "No object is connected yet: connect one, and its columns are compared with the fields."
        : "Nothing that is free here looks like a field that is free. What is left is for you to join."}
    </p>
  );
}

/** Takes candidates as one gesture. */
function useTakingAll(onDone: () => void): (candidates: readonly Candidate[]) => void {
  const { document, schemaOf, apply } = useEditor();
  const store = useCanvasStore();
  return (candidates) => {
    const taking = takingOf(document, schemaOf, candidates);
    onDone();
    if (taking === null) {
      const detail = "All of them are joined by now. Nothing was changed.";
      notify({ title: "Nothing was left to take", detail, tone: "warn" });
      return;
    }
    if (!apply(taking.edit, { taken: [...taking.taken], confirmed: [] })) return;
    const left = candidates.length - taking.taken.length;
    const title =
      taking.taken.length === 1 ? "1 line was drawn" : `${taking.taken.length} lines were drawn`;
    notify({
      title,
      detail:
        left === 0
          ? "They are marked until somebody confirms them."
          : `They are marked until somebody confirms them. ${left} were joined by now, and left alone.`,
    });
    speak(store, `${title}, marked as suggested.`);
  };
}
