"use client";

import {
  cloneElement,
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  useEffect,
  useRef,
  useState,
} from "react";
import { TooltipBox, type TooltipSide } from "./tooltip-box.tsx";

type TooltipProps = {
  text: string;
  keys?: string | undefined;
  side?: TooltipSide | undefined;
  /** Never shows. */
  off?: boolean | undefined;
  /** The element it explains. It must be able to take focus. */
  children: ReactElement;
};

/** What a tooltip listens to, beside what its element does by itself. */
type Listening = {
  onPointerEnter?: (event: PointerEvent<Element>) => void;
  onPointerLeave?: (event: PointerEvent<Element>) => void;
  onPointerDown?: (event: PointerEvent<Element>) => void;
  onFocus?: (event: FocusEvent<Element>) => void;
  onBlur?: (event: FocusEvent<Element>) => void;
  onKeyDown?: (event: KeyboardEvent<Element>) => void;
};

const DELAY_MS = 400;

/**
 * A short explanation on hover and focus. It repeats or adds to a visible name; it never holds
 * the only copy of what a person needs.
 *
 * <Tooltip text="Undo: map Email" keys="mod+z"><button>…</button></Tooltip>
 */
export function Tooltip({ text, keys, side = "top", off, children }: TooltipProps) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hide = () => {
    clearTimeout(timer.current);
    setAnchor(null);
  };
  const show = (element: Element, delayMs: number) => {
    clearTimeout(timer.current);
    if (off !== true) timer.current = setTimeout(() => setAnchor(element), delayMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const child = children as ReactElement<Listening>;
  const { props } = child;
  const listening: Listening = {
    onPointerEnter: (event) => {
      props.onPointerEnter?.(event);
      if (event.pointerType !== "touch") show(event.currentTarget, DELAY_MS);
    },
    onPointerLeave: (event) => {
      props.onPointerLeave?.(event);
      hide();
    },
    onPointerDown: (event) => {
      props.onPointerDown?.(event);
      hide();
    },
    onFocus: (event) => {
      props.onFocus?.(event);
      if (event.currentTarget.matches(":focus-visible")) show(event.currentTarget, 0);
    },
    onBlur: (event) => {
      props.onBlur?.(event);
      hide();
    },
    onKeyDown: (event) => {
      props.onKeyDown?.(event);
      if (event.key === "Escape") hide();
    },
  };
  return (
    <>
      {cloneElement(child, listening)}
      {anchor !== null && off !== true && <TooltipBox {...{ anchor, text, keys, side }} />}
    </>
  );
}
