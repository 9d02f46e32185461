"use client";

import { useState } from "react";
import type { Binding } from "../../../server/core/map/document.ts";
import { AnchoredPopover } from "../../ui/anchored-popover.tsx";
import { Button } from "../../ui/button.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { notify } from "../../ui/toast.tsx";
import { speak, useCanvasStore } from "../canvas-state.ts";
import { type Editor, useEditor } from "../editor-context.ts";
import { CandidateList } from "./candidate-list.tsx";
import { type Candidate, candidatesOf } from "./candidates.ts";
import { Dismissed } from "./dismissed.tsx";
import { SuggestionNotes } from "./suggestion-notes.tsx";
import { takingOf } from "./take.ts";
import type { RowAsk } from "./target.ts";
import { useDismissing } from "./use-dismissing.ts";
import { type Suggestions, useSuggestions } from "./use-suggestions.ts";

type SuggestPopoverProps = { target: RowAsk; anchor: Element | null };

/** What one row may be joined with, likeliest first, with the reason and values of both. */
export function SuggestPopover({ target, anchor }: SuggestPopoverProps) {
  const editor = useEditor();
  const store = useCanvasStore();
  const [home] = useState(() => homeOf(anchor));
  const bindings = bindingsOf(editor, target);
  const open = bindings.filter((binding) => !isJoined(binding, target));
  const close = (returns: boolean) => {
    store.setState({ suggest: null });
    if (returns) home()?.focus({ preventScroll: true });
  };
  const name = nameOf(editor, target);
  const title = target.kind === "field" ? `Columns for ${name}` : `Fields for ${name}`;
  return (
    <AnchoredPopover anchor={anchor} title={title} onClose={close}>
      {open.length === 0 ? (
        <p className="px-4 pb-4 type-body text-ink-2">{joinedWords(bindings, name)}</p>
      ) : (
        <Found target={target} name={name} bindings={open} onDone={() => close(true)} />
      )}
    </AnchoredPopover>
  );
}

type FoundProps = {
  target: RowAsk;
  name: string;
  bindings: readonly Binding[];
  onDone: () => void;
};

function Found({ target, name, bindings, onDone }: FoundProps) {
  const suggestions = useSuggestions(bindings);
  const take = useTaking(onDone);
  const dismiss = useDismissing();
  if (suggestions.failure !== null) return <Failed suggestions={suggestions} />;
  if (suggestions.isLoading) return <Loading bindings={bindings} />;
  const candidates = candidatesOf(target, bindings, suggestions.answers);
  return (
    <>
      <SuggestionNotes bindings={bindings} answers={suggestions.answers} />
      {candidates.length === 0 ? (
        <p className="px-4 pb-3 type-body text-ink-2">
          Nothing here looks like {name}. You can still join it with whatever you choose.
        </p>
      ) : (
        <CandidateList
          {...{ candidates, take, dismiss }}
          shows={target.kind === "field" ? "column" : "field"}
        />
      )}
      <Dismissed {...{ target, bindings, answers: suggestions.answers, dismiss }} />
    </>
  );
}

function Failed({ suggestions }: { suggestions: Suggestions }) {
  return (
    <div role="alert" className="flex flex-col items-start gap-3 px-4 pb-4">
      <p className="type-body text-ink-2">The suggestions did not load. {suggestions.failure}</p>
      <Button size="sm" icon="refresh" onClick={suggestions.retry}>
        Try again
      </Button>
    </div>
  );
}

function Loading({ bindings }: { bindings: readonly Binding[] }) {
  const { document } = useEditor();
  const [first, ...others] = bindings.map(({ system }) => system);
  const name = document.systems.find(({ id }) => id === first)?.name ?? "";
  const where = others.length === 0 ? name : `${bindings.length} systems`;
  return (
    <div role="status" className="flex flex-col gap-3 px-4 pb-4">
      <span className="sr-only">Looking for suggestions</span>
      {["w-2/3", "w-1/2", "w-3/5"].map((width) => (
        <span key={width} className="flex flex-col gap-2">
          <Skeleton className={`h-4 ${width}`} />
          <Skeleton className="h-3 w-11/12" />
        </span>
      ))}
      <p className="animate-appear type-small text-ink-2 [animation-delay:1.5s]">
        Comparing values of {where}.
      </p>
    </div>
  );
}

/** Takes one candidate: draws its line, marked until somebody confirms it. */
function useTaking(onDone: () => void): (candidate: Candidate) => void {
  const { document, entity, schemaOf, apply, select } = useEditor();
  const store = useCanvasStore();
  return (candidate) => {
    onDone();
    const taking = takingOf(document, schemaOf, [candidate]);
    const [note] = taking?.taken ?? [];
    if (taking === null || note === undefined) {
      const detail = "One of the two is joined by now. Nothing was changed.";
      notify({ title: "This cannot be taken any more", detail, tone: "warn" });
      return;
    }
    if (!apply(taking.edit, { taken: [...taking.taken], confirmed: [] })) return;
    select({ kind: "edge", binding: note.binding, edge: note.edge });
    const field = entity.fields.find(({ id }) => id === note.field)?.name ?? note.field;
    speak(store, `${note.column} is joined with ${field}: suggested, not confirmed yet.`);
  };
}

/** Where the focus goes back to: what had it, else the box, cell or panel that asked. */
function homeOf(anchor: Element | null): () => HTMLElement | null {
  const before = document.activeElement;
  const around = anchor?.closest<HTMLElement>("[data-tree], [data-at], #inspector") ?? null;
  return () => {
    if (before instanceof HTMLElement && before.isConnected && before !== document.body) {
      return before;
    }
    return around;
  };
}

function bindingsOf({ document, entity }: Editor, target: RowAsk): readonly Binding[] {
  return document.bindings.filter(
    ({ id, entity: of }) => of === entity.id && (target.binding ?? id) === id,
  );
}

function isJoined({ edges }: Binding, target: RowAsk): boolean {
  return edges.some(({ columns, fields }) =>
    target.kind === "field" ? fields.includes(target.field) : columns.includes(target.column),
  );
}

function nameOf({ entity }: Editor, target: RowAsk): string {
  if (target.kind === "column") return target.column;
  return entity.fields.find(({ id }) => id === target.field)?.name ?? target.field;
}

function joinedWords(bindings: readonly Binding[], name: string): string {
  if (bindings.length === 0) return "No object is connected yet: there is nothing to compare with.";
  const everywhere = bindings.length > 1 ? " in every system" : "";
  return (
    `${name} is joined${everywhere} already. What is joined is never suggested otherwise: ` +
    "take its line away to have others suggested."
  );
}
