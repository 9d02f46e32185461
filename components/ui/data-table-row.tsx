// biome-ignore-all lint/a11y/useSemanticElements: a virtual list cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys
"use client";

import { cx } from "./cx.ts";
import type { Column } from "./data-table.tsx";

type DataTableRowProps<Row> = {
  id: string;
  row: Row;
  columns: readonly Column<Row>[];
  template: string;
  index: number;
  /** Distance from the first row, in px. */
  top: number;
  height: number;
  /** The row that the arrow keys stand on. */
  active: boolean;
  open: boolean;
  selected: boolean | undefined;
  onPress: () => void;
};

/** One row of a `DataTable`, placed by the virtual list. */
export function DataTableRow<Row>(props: DataTableRowProps<Row>) {
  const { id, row, columns, template, index, top, height, active, open, selected } = props;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      {...(selected === undefined && !open ? {} : { "aria-selected": selected === true || open })}
      onClick={props.onPress}
      className={cx(
        "absolute inset-x-0 top-0 grid items-center border-rule/70 border-b type-body",
        "hover:bg-enamel",
        (open || selected === true) && "bg-sunk hover:bg-sunk",
        open && OPEN,
        active && ACTIVE,
      )}
      style={{ gridTemplateColumns: template, height, transform: `translateY(${top}px)` }}
    >
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={cx(
            "flex h-full min-w-0 items-center px-3 first:pl-4 last:pr-4",
            column.numeric === true && "justify-end type-value tabular-nums",
          )}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** A bar of ink at the start: seen without comparing two grounds. */
const OPEN = "before:absolute before:inset-y-0 before:left-0 before:w-0.75 before:bg-ink";

/** The grid has the focus; the ring is drawn on the row it stands on. */
const ACTIVE =
  "group-focus-visible/grid:outline-2 group-focus-visible/grid:-outline-offset-2 " +
  "group-focus-visible/grid:outline-focus";
