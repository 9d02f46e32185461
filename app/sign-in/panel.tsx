import type { ReactNode } from "react";
import { Mark } from "../../components/shell/mark.tsx";

type PanelProps = { title: string; lede?: ReactNode; children?: ReactNode };

/** The one panel of the page before the studio. */
export function Panel({ title, lede, children }: PanelProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 pt-[12vh] pb-12">
      <div className="w-full max-w-sm">
        <div className="flex items-center gap-2 type-title">
          <Mark size={28} />
          Fieldline
        </div>
        <h1 className="mt-8 type-display">{title}</h1>
        {lede !== undefined && <div className="mt-2 type-body text-ink-2">{lede}</div>}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}
