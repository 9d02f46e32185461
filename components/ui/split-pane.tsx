"use client";

import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from "react";
import { cx } from "./cx.ts";

type SplitPaneProps = {
  /** Spoken name of the panel: "List of conflicts". */
  label: string;
  panel: ReactNode;
  /** The rest. */
  children: ReactNode;
  side?: "start" | "end" | undefined;
  /** Width of the panel in px. */
  size?: number | undefined;
  min?: number | undefined;
  max?: number | undefined;
  /** Remembers the width on this device. */
  storageKey?: string | undefined;
  /** Which of the two shows where there is room for one only. */
  narrow?: "panel" | "main" | undefined;
  /** The panel is away; the rest keeps its state and takes all the room. */
  closed?: boolean | undefined;
};

const STEP_PX = 16;

/**
 * A panel beside the main part. Its edge moves by drag, by arrow keys, or by a double press that
 * goes through the smallest, usual and largest width.
 *
 * <SplitPane label="List of runs" panel={<List />} narrow={open ? "main" : "panel"}>…</SplitPane>
 */
export function SplitPane(props: SplitPaneProps) {
  const { label, panel, children, side = "start", size = 360, min = 240, max = 640 } = props;
  const [width, setWidth] = useStoredWidth(props.storageKey, size);
  const closed = props.closed === true;
  const narrow = closed ? "main" : (props.narrow ?? "main");
  const resize = (next: number) => setWidth(Math.round(Math.min(max, Math.max(min, next))));
  const handle = !closed && (
    <Separator
      {...{ label, width, min, max, side, resize }}
      onCycle={() => resize(nextWidth(width, [min, size, max]))}
    />
  );
  return (
    <div className="flex min-h-0 min-w-0 flex-1">
      {side === "end" && <Main hidden={narrow === "panel"}>{children}</Main>}
      {side === "end" && handle}
      {!closed && (
        <section
          aria-label={label}
          className={cx(
            "flex min-h-0 flex-col max-md:w-full! md:shrink-0",
            narrow === "main" && "max-md:hidden",
          )}
          style={{ width }}
        >
          {panel}
        </section>
      )}
      {side === "start" && handle}
      {side === "start" && <Main hidden={narrow === "panel"}>{children}</Main>}
    </div>
  );
}

function Main({ hidden, children }: { hidden: boolean; children: ReactNode }) {
  return (
    <div className={cx("flex min-h-0 min-w-0 flex-1 flex-col", hidden && "max-md:hidden")}>
      {children}
    </div>
  );
}

/** 24 px to press, mostly over the margin of what stands to the right of the line. */
type SeparatorProps = {
  label: string;
  width: number;
  min: number;
  max: number;
  side: "start" | "end";
  resize: (width: number) => void;
  onCycle: () => void;
};

function Separator({ label, width, min, max, side, resize, onCycle }: SeparatorProps) {
  const from = useRef({ x: 0, width: 0 });
  const sign = side === "start" ? 1 : -1;
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    resize(width + steps * sign * STEP_PX);
  };
  const onPointerDown = (event: PointerEvent) => {
    from.current = { x: event.clientX, width };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    resize(from.current.width + sign * (event.clientX - from.current.x));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${label.toLowerCase()}`}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      {...{ onKeyDown, onPointerDown, onPointerMove }}
      onDoubleClick={onCycle}
      className={
        "relative z-10 -mr-4.5 -ml-1.5 w-6 shrink-0 cursor-col-resize touch-none " +
        "-outline-offset-2 before:absolute before:inset-y-0 before:left-1.5 before:w-px " +
        "before:bg-rule " +
        "hover:before:w-0.5 hover:before:bg-rule-strong max-md:hidden"
      }
    />
  );
}

/** The next larger of the usual widths, or the smallest after the largest. */
function nextWidth(width: number, usual: readonly number[]): number {
  return usual.find((candidate) => candidate > width) ?? usual[0] ?? width;
}

function useStoredWidth(key: string | undefined, initial: number) {
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    const stored = key === undefined ? null : localStorage.getItem(`split:${key}`);
    if (stored !== null && Number.isFinite(Number(stored))) setWidth(Number(stored));
  }, [key]);
  const store = (next: number) => {
    setWidth(next);
    if (key !== undefined) localStorage.setItem(`split:${key}`, String(next));
  };
  return [width, store] as const;
}
