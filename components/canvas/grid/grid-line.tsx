"use client";

import type { Binding } from "../../../server/core/map/document.ts";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import { useCanvas } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { systemNode } from "../flow-types.ts";
import { withFold } from "../lens.ts";
import { isPicked } from "../picks/picks.ts";
import { GridCell } from "./grid-cell.tsx";
import { CELL, cellGround, FieldHead } from "./grid-heads.tsx";
import type { GridRow } from "./grid-rows.ts";
import { type At, cellKey } from "./use-grid-keys.ts";

type Place = { row: number; column: number; tabIndex: number; onFocus: (at: At) => void };

type GridLineProps = {
  row: GridRow;
  bindings: readonly Binding[];
  /** The cell in which a column is being chosen. */
  edited: string | null;
  cellAt: (column: number) => Place;
  onEdit: (cell: string | null, column: number) => void;
};

/** One row of the grid: a field, a group of them, or columns that lead nowhere. */
export function GridLine({ row, bindings, edited, cellAt, onEdit }: GridLineProps) {
  if (row.kind === "group") return <GroupLine {...{ row, bindings, cellAt }} />;
  if (row.kind === "columns") return <ColumnsLine {...{ row, bindings, cellAt }} />;
  const { field } = row;
  return (
    <tr>
      <FieldHead field={field} {...cellAt(0)} />
      {bindings.map((binding, place) => (
        <GridCell
          key={binding.id}
          {...{ binding, field, ...cellAt(place + 1) }}
          isEdited={edited === cellKey(binding.id, field.id)}
          onEdit={(isEdited) => onEdit(isEdited ? cellKey(binding.id, field.id) : null, place + 1)}
        />
      ))}
    </tr>
  );
}

type GroupLineProps = Pick<GridLineProps, "bindings" | "cellAt"> & {
  row: Extract<GridRow, { kind: "group" }>;
};

function GroupLine({ row, bindings, cellAt }: GroupLineProps) {
  const { lens, setLens } = useEditor();
  const { name, fields, isOpen, group } = row;
  return (
    <tr>
      <th
        scope="row"
        aria-expanded={isOpen}
        tabIndex={cellAt(0).tabIndex}
        {...standsAt(cellAt(0))}
        onClick={() => setLens(withFold(lens, group))}
        className={cx(CELL, HEAD, "bg-panel hover:bg-sunk")}
      >
        <span className="flex items-center gap-1 type-label">
          <Icon name={isOpen ? "chevron-down" : "chevron-right"} size={16} />
          <span className="min-w-0 truncate">{name}</span>
          <span className="ml-1 type-small text-ink-2">
            {fields.length === 1 ? "1 field" : `${fields.length} fields`}
          </span>
        </span>
      </th>
      {bindings.map(({ id, edges }, place) => {
        const mapped = fields.filter((field) =>
          edges.some((edge) => edge.fields.includes(field.id)),
        );
        return (
          <td
            key={id}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the keyboard stands on it
            role="gridcell"
            tabIndex={cellAt(place + 1).tabIndex}
            {...standsAt(cellAt(place + 1))}
            className={cx(CELL, "h-8 bg-panel px-3 type-small text-ink-2")}
          >
            {!isOpen && `${mapped.length} of ${fields.length} mapped`}
          </td>
        );
      })}
    </tr>
  );
}

type ColumnsLineProps = Pick<GridLineProps, "bindings" | "cellAt"> & {
  row: Extract<GridRow, { kind: "columns" }>;
};

function ColumnsLine({ row, bindings, cellAt }: ColumnsLineProps) {
  return (
    <tr>
      <th
        scope="row"
        tabIndex={cellAt(0).tabIndex}
        {...standsAt(cellAt(0))}
        className={cx(CELL, HEAD, "bg-panel type-label text-ink-2")}
      >
        <span className={cx(row.at > 0 && "sr-only")}>Columns without a field</span>
      </th>
      {bindings.map((binding, place) => (
        <ColumnCell
          key={binding.id}
          {...{ binding, column: row.columns[binding.id], place: cellAt(place + 1) }}
        />
      ))}
    </tr>
  );
}

type ColumnCellProps = { binding: Binding; column: string | undefined; place: Place };

/** A column that leads to no field; pressed, it is opened to be joined with one. */
function ColumnCell({ binding, column, place }: ColumnCellProps) {
  const { select } = useEditor();
  const isSelected = useCanvas(
    ({ selection }) =>
      selection.kind === "column" &&
      selection.binding === binding.id &&
      selection.column === column,
  );
  const isChosen = useCanvas(({ picked }) =>
    isPicked(picked, { node: systemNode(binding.id), row: column ?? "" }),
  );
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid listens to the keys of all its cells
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: it is opened
      role="gridcell"
      aria-selected={isSelected || isChosen}
      tabIndex={place.tabIndex}
      {...standsAt(place)}
      onClick={() => {
        if (column !== undefined)
          select({ kind: "column", binding: binding.id, column }, "mapping");
      }}
      className={cx(
        CELL,
        "h-8 max-w-72 truncate px-3 type-label",
        column === undefined ? "bg-panel" : cellGround(isSelected, isChosen),
      )}
    >
      {column}
    </td>
  );
}

const HEAD = "sticky left-0 z-10 h-8 max-w-64 min-w-40 px-3 text-left font-normal";

/** By this the keyboard finds a cell, and the grid knows where it stands. */
function standsAt({ row, column, onFocus }: Place) {
  return { "data-at": `${row} ${column}`, onFocus: () => onFocus({ row, column }) };
}
