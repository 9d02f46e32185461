"use client";

import { Button } from "../../../components/ui/button.tsx";
import { undoNewest } from "../../../components/ui/notices.ts";

type CardActionsProps = {
  onEdit: (() => void) | null;
  onSkip: () => void;
  onEvidence: () => void;
  hasEvidence: boolean;
  canUndo: boolean;
};

/** What else can be done with the question on the card. */
export function CardActions(props: CardActionsProps) {
  const { onEdit, onSkip, onEvidence, hasEvidence, canUndo } = props;
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 py-3">
      {onEdit !== null && (
        <Button size="sm" icon="edit" keys="e" onClick={onEdit}>
          Another value
        </Button>
      )}
      <Button size="sm" icon="arrow-down" keys="s" onClick={onSkip}>
        Skip
      </Button>
      <Button size="sm" icon="ledger" keys="space" aria-expanded={hasEvidence} onClick={onEvidence}>
        Evidence
      </Button>
      <Button
        size="sm"
        icon="undo"
        keys="z"
        variant="quiet"
        onClick={() => undoNewest()}
        disabledReason={canUndo ? undefined : "Nothing was decided in this session yet."}
      >
        Take back
      </Button>
    </div>
  );
}
