// biome-ignore-all lint/a11y/useSemanticElements: a virtual list cannot be a <table>
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cx } from "./cx.ts";
import { DataTableHead, type SortOrder } from "./data-table-head.tsx";
import { nextRowIndex } from "./data-table-keys.ts";
import { DataTableRow } from "./data-table-row.tsx";
import { rowRange } from "./row-range.ts";

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** A CSS grid track: "120px", "minmax(160px, 1fr)". */
  width?: string | undefined;
  /** Numbers stand at the end, in mono. */
  numeric?: boolean | undefined;
  /** The heading can be pressed to sort; whoever holds the rows sorts them. */
  sortable?: boolean | undefined;
};

type DataTableProps<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Enter or a press on a row. */
  onOpen?: ((row: Row) => void) | undefined;
  /** The row that stands open beside the list. */
  openId?: string | null | undefined;
  /** Rows marked for doing something with many; Space marks. */
  selectedIds?: ReadonlySet<string> | undefined;
  onToggle?: ((row: Row) => void) | undefined;
  /** How many there are in all, where only some are loaded. */
  total?: number | undefined;
  /** The end came near: load more. Called once per number of rows. */
  onEndReached?: (() => void) | undefined;
  sort?: SortOrder | undefined;
  onSort?: ((sort: SortOrder) => void) | undefined;
  rowHeight?: 28 | 32 | 40 | undefined;
  /** Shown in place of rows when there are none. */
  empty?: ReactNode;
  className?: string | undefined;
};

/**
 * A long list as a grid: only what is seen is drawn; arrows, Home, End and Page keys move, Enter
 * opens, Space marks. Focus follows the row, not its place, so that rows arriving above move
 * nothing under the reader. Its parent must give it a height.
 *
 * <DataTable label="Runs" columns={columns} rows={runs} rowId={(run) => run.id} onOpen={open} />
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  "use no memo";
  const { label, columns, rows, rowId, onOpen, onToggle, rowHeight = 32, empty } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const baseId = useId();
  const [activeId, setActiveId] = useState<string | null>(null);
  const wantedId = activeId ?? props.openId ?? null;
  const activeIndex = rows.findIndex((row) => rowId(row) === wantedId);

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rowKey(rows, index, rowId),
    overscan: 8,
    scrollPaddingStart: HEAD_HEIGHT,
    rangeExtractor: (range) => rowRange(range, activeIndex),
  });
  const items = virtualizer.getVirtualItems();
  useEndReached(items.at(-1)?.index ?? -1, rows.length, props.onEndReached);

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
    setActiveId(rowKey(rows, next, rowId));
    virtualizer.scrollToIndex(next);
  };

  const template = columns.map((column) => column.width ?? "minmax(120px, 1fr)").join(" ");
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={(props.total ?? rows.length) + 1}
      aria-colcount={columns.length}
      {...(activeIndex >= 0 ? { "aria-activedescendant": `${baseId}-${activeIndex}` } : {})}
      tabIndex={0}
      data-scroll
      onKeyDown={onKeyDown}
      className={cx("group/grid min-h-0 flex-1 overflow-auto bg-panel", GRID, props.className)}
    >
      <div className="min-w-max">
        <DataTableHead {...{ columns, template }} sort={props.sort} onSort={props.onSort} />
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <DataTableRow
                key={item.key}
                id={`${baseId}-${item.index}`}
                {...{ row, columns, template }}
                index={item.index}
                top={item.start}
                height={rowHeight}
                active={item.index === activeIndex}
                open={rowId(row) === props.openId}
                selected={props.selectedIds?.has(rowId(row))}
                onPress={() => {
                  setActiveId(rowId(row));
                  onOpen?.(row);
                }}
              />
            );
          })}
        </div>
      </div>
      {rows.length === 0 && empty}
    </div>
  );
}

const HEAD_HEIGHT = 28;
const GRID = "focus-visible:outline-none";

function rowKey<Row>(rows: readonly Row[], index: number, rowId: (row: Row) => string): string {
  const row = rows[index];
  return row === undefined ? String(index) : rowId(row);
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
