"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type FocusEvent,
  type KeyboardEvent,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { DataTableProps } from "./data-table.tsx";
import { nextRowIndex } from "./data-table-keys.ts";
import { rowRange } from "./row-range.ts";

/** Height of the headings in px, at the usual size of text. */
const HEAD_HEIGHT = 28;

/** How a `DataTable` behaves: which rows are drawn, which one the keys stand on. */
export function useDataGrid<Row>(props: DataTableProps<Row>) {
  "use no memo";
  const { rows, rowId, onOpen, onToggle } = props;
  const scale = useTextScale();
  const rowHeight = (props.rowHeight ?? 32) * scale;
  const headHeight = HEAD_HEIGHT * scale;
  const scroller = useRef<HTMLDivElement>(null);
  const [activeIndex, activate] = useActiveRow(props);
  const keyOf = (index: number) => {
    const row = rows[index];
    return row === undefined ? String(index) : rowId(row);
  };

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan: 8,
    // The headings stand above the rows and stay in sight.
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    rangeExtractor: (range) => rowRange(range, activeIndex),
  });
  const openIndex = rows.findIndex((row) => rowId(row) === props.openId);
  useEffect(() => {
    if (openIndex >= 0) virtualizer.scrollToIndex(openIndex);
  }, [openIndex, virtualizer]);
  useEndReached(virtualizer.range?.endIndex ?? -1, rows.length, props.onEndReached);

  /** Whoever comes with the Tab key stands on a row at once, and sees where. */
  const onFocus = (event: FocusEvent) => {
    if (event.target !== event.currentTarget || activeIndex >= 0 || rows.length === 0) return;
    activate(keyOf(virtualizer.range?.startIndex ?? 0));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const row = rows[activeIndex];
    if (row !== undefined && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      (event.key === "Enter" ? onOpen : onToggle)?.(row);
    }
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2;
    const next = nextRowIndex(event.key, activeIndex, rows.length, page);
    if (next === null) return;
    event.preventDefault();
    activate(keyOf(next));
    virtualizer.scrollToIndex(next);
  };
  const handlers = { onFocus, onKeyDown };
  return { scroller, virtualizer, activeIndex, activate, handlers, rowHeight, headHeight };
}

/** How much larger than usual the reader's text is: rows grow with it. */
function useTextScale(): number {
  return useSyncExternalStore(never, readTextScale, () => 1);
}

function never(): () => void {
  return () => {};
}

function readTextScale(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

/**
 * The row that the keys stand on, by its id, so that rows arriving above move nothing. It follows
 * the open row; when its own row leaves the list, the one that takes its place is next.
 */
function useActiveRow<Row>({ rows, rowId, openId = null }: DataTableProps<Row>) {
  const [active, setActive] = useState({ id: openId, index: -1, openId });
  if (active.openId !== openId) setActive({ id: openId, index: -1, openId });
  const found = active.id === null ? -1 : rows.findIndex((row) => rowId(row) === active.id);
  if (found >= 0 && found !== active.index) setActive({ ...active, index: found });
  const index = found >= 0 ? found : Math.min(active.index, rows.length - 1);
  const activate = (id: string) => setActive({ ...active, id });
  return [index, activate] as const;
}

/** Calls back when the last rows come into sight, once for each number of rows. */
function useEndReached(last: number, count: number, onEndReached: (() => void) | undefined): void {
  const asked = useRef(0);
  useEffect(() => {
    if (onEndReached === undefined || count === 0) return;
    if (last < count - 20 || asked.current === count) return;
    asked.current = count;
    onEndReached();
  }, [last, count, onEndReached]);
}
