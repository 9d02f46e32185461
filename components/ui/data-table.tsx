// biome-ignore-all lint/a11y/useSemanticElements: a virtual list cannot be a <table>
"use client";

import { type ReactNode, useId } from "react";
import { cx } from "./cx.ts";
import { DataTableHead, type SortOrder } from "./data-table-head.tsx";
import { DataTableRow } from "./data-table-row.tsx";
import { useDataGrid } from "./use-data-grid.ts";

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

export type DataTableProps<Row> = {
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
  rowHeight?: 28 | 32 | 40 | 56 | undefined;
  /** Shown in place of rows when there are none. */
  empty?: ReactNode;
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
  const { label, columns, rows, rowId, onOpen, empty } = props;
  const baseId = useId();
  const grid = useDataGrid(props);
  const { activeIndex } = grid;
  const items = grid.virtualizer.getVirtualItems();
  const isActiveDrawn = items.some((item) => item.index === activeIndex);
  const template = columns.map((column) => column.width ?? "minmax(120px, 1fr)").join(" ");
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-panel">
      <div
        ref={grid.scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={(props.total ?? rows.length) + 1}
        aria-colcount={columns.length}
        aria-activedescendant={isActiveDrawn ? `${baseId}-${activeIndex}` : undefined}
        tabIndex={0}
        data-scroll
        {...grid.handlers}
        className={cx("group/grid overflow-auto outline-none", rows.length > 0 && "min-h-0 flex-1")}
      >
        <div className="min-w-max">
          <DataTableHead {...{ columns, template }} sort={props.sort} onSort={props.onSort} />
          {rows.length > 0 && (
            <div
              role="rowgroup"
              className="relative"
              style={{ height: grid.virtualizer.getTotalSize() }}
            >
              {items.map((item) => {
                const row = rows[item.index];
                if (row === undefined) return null;
                return (
                  <DataTableRow
                    key={item.key}
                    id={`${baseId}-${item.index}`}
                    {...{ row, columns, template }}
                    index={item.index}
                    top={item.start - grid.headHeight}
                    height={grid.rowHeight}
                    active={item.index === activeIndex}
                    open={rowId(row) === props.openId}
                    selected={props.selectedIds?.has(rowId(row))}
                    onPress={() => {
                      grid.activate(rowId(row));
                      onOpen?.(row);
                    }}
                  />
                );
              })}
            </div>
          )}
        </div>
      </div>
      {rows.length === 0 && empty}
    </div>
  );
}
