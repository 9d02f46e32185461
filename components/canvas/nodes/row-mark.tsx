import { Count } from "../../ui/count.tsx";
import { cx } from "../../ui/cx.ts";
import { Lamp } from "../../ui/lamp.tsx";
import type { Change } from "../entity-rows.ts";
import type { RowMark } from "../flow-types.ts";
import { markWords } from "../row-words.ts";

/**
 * What waits or is wrong at a row, the gravest only; all of it on hover.
 *
 * <RowMarks mark={{ conflicts: 3, held: 0, errors: 0, warnings: 0 }} />
 */
export function RowMarks({ mark }: { mark: RowMark | undefined }) {
  if (mark === undefined) return null;
  const { errors, conflicts, held, warnings } = mark;
  const words = markWords(mark).join(", ");
  if (words === "") return null;
  return (
    <span aria-hidden title={words} className="inline-flex shrink-0 items-center gap-0.5">
      {errors > 0 && <Lamp state="failed" size={12} label="" />}
      {errors === 0 && conflicts > 0 && (
        <>
          <Lamp state="conflict" size={12} label="" />
          <Count value={conflicts} className="text-conflict" />
        </>
      )}
      {errors === 0 && conflicts === 0 && held > 0 && (
        <>
          <Lamp state="quarantined" size={12} label="" />
          <Count value={held} className="text-warn" />
        </>
      )}
      {errors + conflicts + held === 0 && warnings > 0 && (
        <Lamp state="warning" size={12} label="" />
      )}
    </span>
  );
}

const CHANGE_WORDS: Record<Change, string> = {
  added: "Added in the draft",
  changed: "Changed in the draft",
  removed: "Removed in the draft",
};

/** In the gutter of a box: the draft changed this row. */
export function ChangeMark({ change, className }: { change: Change | null; className?: string }) {
  if (change === null) return null;
  return (
    <span
      aria-hidden
      title={CHANGE_WORDS[change]}
      className={cx("pointer-events-auto inline-flex", className)}
    >
      <Lamp state="draft" size={12} label="" />
    </span>
  );
}

/** The line of this row was suggested, and nobody has confirmed it: a question that is open. */
export function SuggestedMark() {
  return (
    <span
      aria-hidden
      title="Suggested: nobody has confirmed it"
      className={
        "inline-flex size-4 shrink-0 items-center justify-center rounded-bullet border " +
        "border-ink-2 border-dashed bg-panel font-mono text-[10px] font-bold leading-none text-ink"
      }
    >
      ?
    </span>
  );
}
