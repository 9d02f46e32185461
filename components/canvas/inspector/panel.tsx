import type { ReactNode } from "react";

type PanelPartProps = {
  title: string;
  /** At the end of the heading's line. */
  action?: ReactNode;
  children: ReactNode;
};

/** One part of the inspector: a heading, then what it is about. Parts are divided by rules. */
export function PanelPart({ title, action, children }: PanelPartProps) {
  return (
    <section className="flex flex-col gap-3 border-rule border-b px-4 py-4 last:border-b-0">
      <h3 className="flex min-h-6 items-center justify-between gap-2 type-node">
        {title}
        {action}
      </h3>
      {children}
    </section>
  );
}

/** A sentence of the map, as everything else that says it writes it. */
export function Sentence({ children }: { children: ReactNode }) {
  return <p className="type-body text-ink-2">{children}</p>;
}
