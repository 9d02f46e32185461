"use client";

import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { useCanvas, useCanvasStore } from "./canvas-state.ts";
import { useEditor } from "./editor-context.ts";
import { ENTITY_NODE } from "./flow-types.ts";
import type { ConnectPlan } from "./gestures/connect.ts";

export type JoinQuestion = Extract<ConnectPlan, { kind: "taken" }> & { readonly binding: string };

type JoinQuestionProps = {
  question: JoinQuestion;
  onDone: () => void;
};

/** Something is joined there already: the person says what becomes of it. */
export function JoinQuestionBanner({ question, onDone }: JoinQuestionProps) {
  const { apply, select } = useEditor();
  return (
    <Banner
      title={question.message}
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
    >
      What should happen?
    </Banner>
  );
}

/** A row waits for its other end: said as long as it does. */
export function ArmedBanner() {
  const { entity } = useEditor();
  const store = useCanvasStore();
  const armed = useCanvas((state) => state.armed);
  if (armed === null) return null;
  const isField = armed.node === ENTITY_NODE;
  const name = isField ? entity.fields.find(({ id }) => id === armed.row)?.name : armed.row;
  const target = isField ? "Choose a column of a system." : `Choose a field of ${entity.name}.`;
  return (
    <Banner
      title={`Connecting ${name ?? armed.row}`}
      actions={
        <Button size="sm" keys="escape" onClick={() => store.setState({ armed: null })}>
          Stop
        </Button>
      }
    >
      {target}
    </Banner>
  );
}
