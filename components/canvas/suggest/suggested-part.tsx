"use client";

import type { Binding, Edge } from "../../../server/core/map/document.ts";
import { Button } from "../../ui/button.tsx";
import { useEditor } from "../editor-context.ts";
import { PanelPart, Sentence } from "../inspector/panel.tsx";
import { Score } from "./score.tsx";
import { useConfirming } from "./use-confirming.ts";

/** Of a line that was taken from the suggestions: why, and that a person stands for it. */
export function SuggestedPart({ binding, edge }: { binding: Binding; edge: Edge }) {
  const { draft, readOnly } = useEditor();
  const confirm = useConfirming();
  const note = draft.suggested.find((one) => one.binding === binding.id && one.edge === edge.id);
  if (note === undefined) return null;
  return (
    <PanelPart title="Suggested, not confirmed" action={<Score score={note.score} />}>
      <Sentence>{note.reason}</Sentence>
      <Button
        icon="check"
        className="self-start"
        disabledReason={readOnly ?? undefined}
        onClick={() => confirm([note])}
      >
        Confirm this line
      </Button>
    </PanelPart>
  );
}
