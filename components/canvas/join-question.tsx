"use client";

import dynamic from "next/dynamic";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import { Button } from "../ui/button.tsx";
import { useCanvas, useCanvasStore } from "./canvas-state.ts";
import { useEditor } from "./editor-context.ts";
import { ENTITY_NODE } from "./flow-types.ts";
import type { ConnectPlan } from "./gestures/connect.ts";
import { askSuggestions, rowElement } from "./suggest/suggest-state.ts";
import { targetOfPlace } from "./suggest/target.ts";

export type JoinQuestion = Extract<ConnectPlan, { kind: "taken" }> & { readonly binding: string };

type JoinQuestionProps = {
  /** Null: nothing is asked. */
  question: JoinQuestion | null;
  onDone: () => void;
};

/**
 * What a connection under way needs: its other end, or a decision; else what can be done with what
 * is chosen. Never moves the canvas.
 */
export function JoiningBar({ question, onDone }: JoinQuestionProps) {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-16 z-20 flex justify-center px-4">
      {question === null ? <NothingAsked /> : <Question question={question} onDone={onDone} />}
    </div>
  );
}

/** Most people never choose several rows: what can be done with them comes when they do. */
const PicksBar = dynamic(() => import("./picks/picks-bar.tsx").then((part) => part.PicksBar), {
  ssr: false,
});

function NothingAsked() {
  const isArmed = useCanvas(({ armed }) => armed !== null);
  const isChosen = useCanvas(({ picked, copied }) => picked.length > 0 || copied.length > 0);
  if (isArmed) return <Armed />;
  return isChosen ? <PicksBar /> : null;
}

type BarProps = {
  title: string;
  text: string;
  actions: ReactNode;
  frame?: RefObject<HTMLDivElement | null>;
  onEscape?: () => void;
};

function Bar({ title, text, actions, frame, onEscape }: BarProps) {
  return (
    <div
      ref={frame}
      role="status"
      onKeyDown={(event) => {
        if (event.key === "Escape") onEscape?.();
      }}
      className="floating pointer-events-auto flex max-w-full flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2"
    >
      <span className="flex min-w-0 flex-col">
        <span className="type-label">{title}</span>
        <span className="type-small text-ink-2">{text}</span>
      </span>
      <span className="flex flex-wrap gap-2">{actions}</span>
    </div>
  );
}

/** Something is joined there already: the person says what becomes of it. */
function Question({ question, onDone }: { question: JoinQuestion; onDone: () => void }) {
  const { apply, select } = useEditor();
  const frame = useRef<HTMLDivElement>(null);
  // Whoever drew by keyboard answers by keyboard, and goes on where it was.
  useEffect(() => {
    const before = document.activeElement;
    frame.current?.querySelector("button")?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <Bar
      frame={frame}
      onEscape={onDone}
      title={question.message}
      text="Nothing is replaced unless you say so."
      actions={
        <>
          {question.ways.map((way) => (
            <Button
              key={way.label}
              size="sm"
              onClick={() => {
                onDone();
                if (!apply(way.edit)) return;
                select({ kind: "edge", binding: question.binding, edge: way.edge }, "mapping");
              }}
            >
              {way.label}
            </Button>
          ))}
          <Button size="sm" variant="quiet" onClick={onDone}>
            Leave it
          </Button>
        </>
      }
    />
  );
}

/** A row waits for its other end: said as long as it does. */
function Armed() {
  const { entity } = useEditor();
  const store = useCanvasStore();
  const armed = useCanvas((state) => (state.isDrawing ? null : state.armed));
  if (armed === null) return null;
  const isField = armed.node === ENTITY_NODE;
  const suggest = () => {
    const target = targetOfPlace(armed);
    if (target !== null) askSuggestions(store, target, rowElement(armed));
  };
  const name = isField ? entity.fields.find(({ id }) => id === armed.row)?.name : armed.row;
  return (
    <Bar
      title={`Connecting ${name ?? armed.row}`}
      text={isField ? "Choose a column of a system." : `Choose a field of ${entity.name}.`}
      actions={
        <>
          <Button size="sm" keys="." onClick={suggest}>
            Suggestions
          </Button>
          <Button size="sm" keys="escape" onClick={() => store.setState({ armed: null })}>
            Stop
          </Button>
        </>
      }
    />
  );
}
