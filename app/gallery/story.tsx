import type { ReactNode } from "react";
import { cx } from "../../components/ui/cx.ts";

/** A chapter of the gallery. */
export function Chapter({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section id={title.toLowerCase().replaceAll(" ", "-")} className="mb-12">
      <h2 className="mb-4 border-rule border-b pb-2 type-title">{title}</h2>
      <div className="grid grid-cols-1 gap-6 md:grid-cols-2 xl:grid-cols-3">{children}</div>
    </section>
  );
}

type StoryProps = { title: string; wide?: boolean; flush?: boolean; children: ReactNode };

/** One state of one part, on a panel. */
export function Story({ title, wide, flush, children }: StoryProps) {
  return (
    <div className={cx("min-w-0", wide === true && "md:col-span-2 xl:col-span-3")}>
      <h3 className="mb-1 type-small text-ink-2">{title}</h3>
      <div
        className={cx(
          "rounded-panel border border-rule bg-panel",
          flush === true ? "overflow-hidden" : "flex flex-wrap items-center gap-3 p-4",
        )}
      >
        {children}
      </div>
    </div>
  );
}
