import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { Lamp, type LampState } from "./lamp.tsx";

type BannerTone = "info" | "warn" | "fail" | "conflict" | "draft";

type BannerProps = {
  tone?: BannerTone | undefined;
  /** The one sentence that must be read. */
  title: ReactNode;
  children?: ReactNode;
  /** Buttons at the end. */
  actions?: ReactNode;
};

const TONES: Record<BannerTone, { ground: string; lamp: LampState }> = {
  info: { ground: "bg-sunk", lamp: "waiting" },
  warn: { ground: "bg-warn-bg", lamp: "warning" },
  fail: { ground: "bg-fail-bg", lamp: "failed" },
  conflict: { ground: "bg-conflict-bg", lamp: "conflict" },
  draft: { ground: "bg-add-bg", lamp: "draft" },
};

/**
 * A state of the whole page or panel, across its full width, while it lasts.
 *
 * <Banner tone="draft" title="Saved to draft, not live" actions={<Button>Publish</Button>} />
 */
export function Banner({ tone = "info", title, children, actions }: BannerProps) {
  return (
    <div
      role="status"
      className={cx(
        "flex flex-wrap items-center gap-x-3 gap-y-2 border-rule border-b px-4 py-2",
        TONES[tone].ground,
      )}
    >
      <Lamp state={TONES[tone].lamp} label="" />
      <div className="min-w-[min(12rem,60%)] flex-1">
        <div className="type-label">{title}</div>
        {children !== undefined && <div className="type-small text-ink-2">{children}</div>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
