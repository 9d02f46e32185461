"use client";

import { useState } from "react";
import type { TakenSuggestion } from "../../../server/core/suggest/taken.ts";
import { useShortcuts } from "../../shell/use-shortcuts.ts";
import { Button } from "../../ui/button.tsx";
import { Count } from "../../ui/count.tsx";
import { Popover } from "../../ui/popover.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import { type Editor, useEditor } from "../editor-context.ts";
import { Score } from "./score.tsx";
import { useConfirming } from "./use-confirming.ts";

/** Lines that were suggested and wait for a person; it is there while there are such lines. */
export function UnconfirmedPopover() {
  const editor = useEditor();
  const [open, setOpen] = useState(false);
  const confirm = useConfirming();
  const notes = unconfirmed(editor);
  const { selection } = editor;
  useShortcuts("Map", [
    {
      ...{ id: "confirm", keys: "k", label: "Confirm the chosen suggested line" },
      run: () => confirm(notes.filter((note) => isChosen(note, selection))),
    },
    {
      ...{ id: "confirm-all", keys: "shift+k", label: "Look through the suggested lines" },
      run: () => setOpen(notes.length > 0),
    },
  ]);
  if (notes.length === 0) return null;
  const trigger = (
    <Button aria-label={`To confirm: ${notes.length}`}>
      <span className="max-md:sr-only">To confirm</span>
      <Count value={notes.length} pill />
    </Button>
  );
  return (
    <Popover {...{ trigger, open }} onOpenChange={setOpen} title="Suggested, not confirmed">
      {open && <Unconfirmed notes={notes} onDone={() => setOpen(false)} />}
    </Popover>
  );
}

function Unconfirmed({ notes, onDone }: { notes: readonly TakenSuggestion[]; onDone: () => void }) {
  const { document, entity, select, readOnly } = useEditor();
  const confirm = useConfirming();
  return (
    <div className="flex w-[26rem] max-w-full flex-col gap-3">
      <ul data-scroll className="flex max-h-[50vh] flex-col overflow-y-auto">
        {notes.map((note) => {
          const binding = document.bindings.find(({ id }) => id === note.binding);
          const system = document.systems.find(({ id }) => id === binding?.system);
          const field = entity.fields.find(({ id }) => id === note.field)?.name ?? note.field;
          return (
            <li
              key={`${note.binding}/${note.edge}`}
              className="flex min-h-9 items-center gap-2 border-rule border-t"
            >
              <button
                type="button"
                title={note.reason}
                className="flex min-h-7 min-w-0 flex-1 items-center gap-2 text-left hover:underline"
                onClick={() => {
                  select({ kind: "edge", binding: note.binding, edge: note.edge }, "mapping");
                  onDone();
                }}
              >
                {system && <LineBullet system={system} quiet />}
                <span className="min-w-0 truncate type-label">
                  {note.column} → {field}
                </span>
              </button>
              <Score score={note.score} />
              <Button
                size="sm"
                aria-label={`Confirm ${note.column} and ${field}`}
                disabledReason={readOnly ?? undefined}
                onClick={() => confirm([note])}
              >
                Confirm
              </Button>
            </li>
          );
        })}
      </ul>
      <div className="flex justify-end">
        <Button
          variant="primary"
          icon="check"
          disabledReason={readOnly ?? undefined}
          onClick={() => {
            confirm(notes);
            onDone();
          }}
        >
          {notes.length === 1 ? "Confirm it" : `Confirm all ${notes.length}`}
        </Button>
      </div>
    </div>
  );
}

/** Lines of this entity alone. */
function unconfirmed({ document, entity, draft }: Editor): readonly TakenSuggestion[] {
  const own = new Set(
    document.bindings.filter((one) => one.entity === entity.id).map(({ id }) => id),
  );
  return draft.suggested.filter(({ binding }) => own.has(binding));
}

function isChosen(note: TakenSuggestion, selection: Editor["selection"]): boolean {
  if (selection.kind !== "edge") return false;
  return selection.binding === note.binding && selection.edge === note.edge;
}
