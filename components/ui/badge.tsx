import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export type Tone = "plain" | "ok" | "run" | "warn" | "fail" | "conflict" | "draft";

type BadgeProps = {
  tone?: Tone | undefined;
  /** What hovering adds. */
  title?: string | undefined;
  children: ReactNode;
};

const TONES: Record<Tone, string> = {
  plain: "border-rule text-ink-2",
  ok: "border-ok/50 text-ok",
  run: "border-run/50 text-run",
  warn: "border-warn/50 text-warn",
  fail: "border-fail/50 text-fail",
  conflict: "border-conflict/50 text-conflict",
  draft: "border-draft/50 text-draft",
};

/**
 * One or two words about an object. A state wants a `Lamp` beside or instead.
 *
 * <Badge tone="draft">Not live</Badge>
 */
export function Badge({ tone = "plain", title, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={cx(
        "inline-flex h-5 items-center gap-1 rounded-bullet border px-1.5 type-small",
        "whitespace-nowrap",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
