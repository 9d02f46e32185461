import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/**
 * A short list whose rows read as sentences with something to do at their end; where a table would
 * squeeze its columns, these rows wrap. Stands in a `Section` with `flush`.
 *
 * <RowList label="Needs you">
 *   <RowItem mark={<Lamp state="conflict" />} title="Decide 12 conflicts" end={<LinkButton … />} />
 * </RowList>
 */
export function RowList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-rule">
      {children}
    </ul>
  );
}

type RowItemProps = {
  /** A lamp or bullet at the start. */
  mark?: ReactNode;
  title: ReactNode;
  /** A quieter line under the title. */
  note?: ReactNode;
  /** Small facts: bullets, counts, times. */
  facts?: ReactNode;
  /** What can be done. */
  end?: ReactNode;
  className?: string | undefined;
};

/** One row of a `RowList`. */
export function RowItem({ mark, title, note, facts, end, className }: RowItemProps) {
  return (
    <li className={cx("flex min-h-10 items-center gap-3 px-4 py-1.5", className)}>
      {mark}
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-6 gap-y-1">
        <div className="min-w-0 flex-1 basis-[min(14rem,100%)]">
          <div className="type-body">{title}</div>
          {note !== undefined && <div className="type-small text-ink-2">{note}</div>}
        </div>
        {facts !== undefined && (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 type-small text-ink-2">
            {facts}
          </div>
        )}
      </div>
      {end !== undefined && <div className="flex shrink-0 gap-2">{end}</div>}
    </li>
  );
}
