"use client";

import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { useEditor } from "../editor-context.ts";
import { CandidateRow } from "./candidate-row.tsx";
import { type Candidate, candidateKey } from "./candidates.ts";
import { POSSIBLE } from "./score-words.ts";

type CandidateListProps = {
  candidates: readonly Candidate[];
  /** Which side of the pairs is to be chosen. */
  shows: "column" | "field";
  take: (candidate: Candidate) => void;
  dismiss: (candidate: Candidate, isDismissed: boolean) => void;
};

/** Candidates to go through with the arrows: Enter takes one, Delete dismisses it. */
export function CandidateList({ candidates, shows, take, dismiss }: CandidateListProps) {
  const { readOnly } = useEditor();
  const list = useRef<HTMLUListElement>(null);
  const [showsAll, setShowsAll] = useState(false);
  const likely = candidates.filter(({ score }) => score >= POSSIBLE);
  // The best one is always worth a look.
  const shown = showsAll ? candidates : candidates.slice(0, Math.max(1, likely.length));
  const folded = candidates.length - shown.length;
  useEffect(() => buttonsIn(list.current)[0]?.focus(), []);
  const keys = (event: KeyboardEvent) => {
    const buttons = buttonsIn(list.current);
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const to = nextAt(event.key, at, buttons.length);
    const candidate = shown[at];
    if (to !== null) buttons[to]?.focus();
    else if (event.key === "Delete" && candidate !== undefined && readOnly === null) {
      // What has the focus goes away: the next one has it then, or the popover.
      const next = buttons[at + 1] ?? buttons[at - 1];
      (next ?? list.current?.closest<HTMLElement>("[role=dialog]"))?.focus();
      dismiss(candidate, true);
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <ul ref={list} data-scroll className="min-h-0 overflow-y-auto" onKeyDown={keys}>
        {shown.map((candidate) => (
          <CandidateRow
            key={candidateKey(candidate)}
            {...{ candidate, shows }}
            onTake={() => take(candidate)}
            onDismiss={() => dismiss(candidate, true)}
          />
        ))}
        {folded > 0 && (
          <li className="border-rule border-t px-4 py-2">
            <Button size="sm" variant="quiet" onClick={() => setShowsAll(true)}>
              {folded === 1 ? "1 unlikely one" : `${folded} unlikely ones`}
            </Button>
          </li>
        )}
      </ul>
      <p className="flex gap-4 border-rule border-t px-4 py-2 type-small text-ink-2 max-md:hidden">
        <Hint keys="enter" text="take" />
        <Hint keys="delete" text="dismiss" />
        <Hint keys="escape" text="leave" />
      </p>
    </>
  );
}

function Hint({ keys, text }: { keys: string; text: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <Kbd keys={keys} />
      {text}
    </span>
  );
}

function buttonsIn(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("[data-candidate]") ?? [])];
}

/** Where a key leads in a list; null: the key means something else. */
function nextAt(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(count - 1, at + 1);
    case "ArrowUp":
      return Math.max(0, at - 1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
