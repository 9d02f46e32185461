"use client";

import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { formatCount } from "../ui/count.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { type Pair, readPairs } from "./pairs-text.ts";
import { type PasteNote, reviewPasted } from "./pasted-pairs.ts";

type PastePairsProps = {
  columns: readonly [string, string];
  /** What is in the table now. */
  table: readonly Pair[];
  /** What was pasted into a cell. */
  initial: string;
  onTake: (pairs: Pair[]) => void;
  onClose: () => void;
};

/** More lines than this are only counted. */
const NOTES_SHOWN = 8;

/** Two columns of a spreadsheet, looked over before they are taken. */
export function PastePairs({ columns, table, initial, onTake, onClose }: PastePairsProps) {
  const [text, setText] = useState(initial);
  const [heading, setHeading] = useState<boolean | undefined>(undefined);
  const lines = readPairs(text);
  const own = table.filter(([from, to]) => from !== "" || to !== "");
  const added = reviewPasted(lines, { table: own, columns, heading });
  const alone = reviewPasted(lines, { table: [], columns, heading });
  return (
    <section
      aria-label="Paste from a spreadsheet"
      className="flex flex-col gap-2 rounded-panel border border-rule p-3"
    >
      <Textarea
        mono
        autoFocus
        rows={5}
        aria-label="Two columns, copied from a spreadsheet"
        placeholder={"A\tactive\nG\tgone"}
        value={text}
        onChange={setText}
      />
      {lines.length > 0 && (
        <Checkbox
          label="The first line is a heading"
          checked={added.hasHeading}
          onChange={setHeading}
        />
      )}
      <Notes notes={added.notes} />
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          variant="primary"
          disabledReason={added.pairs.length === 0 ? "No line can be added" : undefined}
          onClick={() => onTake([...own, ...added.pairs])}
        >
          {`Add ${rows(added.pairs.length)}`}
        </Button>
        {own.length > 0 && (
          <Button
            size="sm"
            disabledReason={alone.pairs.length === 0 ? "No line can be taken" : undefined}
            onClick={() => onTake([...alone.pairs])}
          >
            {`Replace the table by ${rows(alone.pairs.length)}`}
          </Button>
        )}
        <Button size="sm" variant="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </section>
  );
}

/** What is not taken, line by line. */
function Notes({ notes }: { notes: readonly PasteNote[] }) {
  if (notes.length === 0) return null;
  const more = notes.length - NOTES_SHOWN;
  return (
    <ul
      aria-label="Lines that are left out"
      className="flex flex-col gap-0.5 type-small text-ink-2"
    >
      {notes.slice(0, NOTES_SHOWN).map(({ line, message }) => (
        <li key={line} className="wrap-anywhere">
          Line {line}: {message}
        </li>
      ))}
      {more > 0 && <li>and {formatCount(more)} lines more</li>}
    </ul>
  );
}

function rows(count: number): string {
  return count === 1 ? "1 row" : `${formatCount(count)} rows`;
}
