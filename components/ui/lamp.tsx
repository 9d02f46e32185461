import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export const LAMP_STATES = [
  "ok",
  "running",
  "waiting",
  "paused",
  "warning",
  "failed",
  "quarantined",
  "conflict",
  "draft",
] as const;
export type LampState = (typeof LAMP_STATES)[number];

type LampProps = {
  state: LampState;
  /** Spoken name; the state's own word where left out. Use "" beside visible words. */
  label?: string | undefined;
  size?: 12 | 16 | 20 | undefined;
  className?: string | undefined;
};

/**
 * A state as a shape first and a colour second, so that it reads in one colour too.
 *
 * <Lamp state="running" label="Reading, 1,200 of 5,000" />
 */
export function Lamp({ state, label, size = 16, className }: LampProps) {
  const name = label ?? LAMPS[state].name;
  return (
    <svg
      viewBox="0 0 16 16"
      style={{ width: `${size / 16}rem`, height: `${size / 16}rem` }}
      className={cx("shrink-0", LAMPS[state].tone, className)}
      aria-hidden={name === "" ? true : undefined}
      role={name === "" ? undefined : "img"}
      aria-label={name === "" ? undefined : name}
    >
      {LAMPS[state].shape}
    </svg>
  );
}

const LINE = { fill: "none", stroke: "currentColor", strokeWidth: 2 } as const;

/** The drawing keeps inside a 12 px circle of a 16 px box, so that lamps line up with text. */
const LAMPS: Record<LampState, { name: string; tone: string; shape: ReactNode }> = {
  ok: {
    name: "In order",
    tone: "text-ok",
    shape: <circle cx={8} cy={8} r={5.5} fill="currentColor" />,
  },
  running: {
    name: "Running",
    tone: "text-run",
    shape: (
      <g className="origin-center animate-arc">
        <circle cx={8} cy={8} r={5} {...LINE} strokeDasharray="23.6 7.9" />
      </g>
    ),
  },
  waiting: {
    name: "Waiting",
    tone: "text-ink-2",
    shape: <circle cx={8} cy={8} r={4.5} {...LINE} />,
  },
  paused: {
    name: "Paused",
    tone: "text-ink-2",
    shape: <path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor" />,
  },
  warning: {
    name: "Warning",
    tone: "text-warn",
    shape: <path d="M8 2 14.5 13.5h-13z" fill="currentColor" strokeLinejoin="round" />,
  },
  failed: {
    name: "Failed",
    tone: "text-fail",
    shape: (
      <>
        <path d="M2.5 2.5h11v11h-11z" fill="currentColor" />
        <path d="m5.5 5.5 5 5m0-5-5 5" stroke="var(--panel)" strokeWidth={1.75} />
      </>
    ),
  },
  quarantined: {
    name: "Held",
    tone: "text-warn",
    shape: (
      <>
        <path d="M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5z" fill="currentColor" />
        <path d="M4.5 8h7" stroke="var(--panel)" strokeWidth={2.25} />
      </>
    ),
  },
  conflict: {
    name: "Conflict",
    tone: "text-conflict",
    shape: (
      <>
        <path d="M3 3h10v10H3z" {...LINE} />
        <path d="M3 13V3h10z" fill="currentColor" />
      </>
    ),
  },
  draft: {
    name: "Draft",
    tone: "text-draft",
    shape: <path d="M8 2.5 13.5 8 8 13.5 2.5 8z" {...LINE} strokeLinejoin="round" />,
  },
};
