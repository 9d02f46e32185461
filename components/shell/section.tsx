import { type ReactNode, useId } from "react";
import { cx } from "../ui/cx.ts";

type SectionProps = {
  title: ReactNode;
  /** A few words or a count beside the title. */
  note?: ReactNode;
  actions?: ReactNode;
  /** The content goes from edge to edge of the panel: tables and lists of rows. */
  flush?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/**
 * A part of a scrolling page: a heading and a panel under it.
 *
 * <Section title="Needs you" note={<Count value={7} />} flush><Table … /></Section>
 */
export function Section({ title, note, actions, flush, className, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cx("flex flex-col gap-2", className)}>
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={id} className="type-title">
          {title}
        </h2>
        {note !== undefined && <div className="type-small text-ink-2">{note}</div>}
        {actions !== undefined && <div className="ml-auto flex gap-2">{actions}</div>}
      </div>
      <div
        className={cx(
          "overflow-hidden rounded-panel border border-rule bg-panel",
          flush !== true && "p-4",
        )}
      >
        {children}
      </div>
    </section>
  );
}
