"use client";

import { useRef, useState } from "react";
import { formatCount } from "../../ui/count.tsx";
import { cx } from "../../ui/cx.ts";
import { useCanvas } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { useGridPicks } from "../picks/use-grid-picks.ts";
import { BindingHead, GridHead } from "./grid-heads.tsx";
import { GridLine } from "./grid-line.tsx";
import { columnsLeftOut, gridRows } from "./grid-rows.ts";
import { type At, useGridKeys } from "./use-grid-keys.ts";

/**
 * The same map as a table: fields down, systems across. Everything that the canvas can draw can be
 * set here by keyboard, and it is what small screens show.
 */
export function MapGrid() {
  const { document, entity, select, schemaOf, lens } = useEditor();
  const shown = { document, entity, schemaOf, lens };
  const rows = gridRows(shown);
  const leftOut = columnsLeftOut(shown);
  const bindings = document.bindings.filter((binding) => binding.entity === entity.id);
  const [stood, setAt] = useState<At>({ row: 1, column: 0 });
  // Rows may have been folded away since: the keyboard must still come in somewhere.
  const at = { ...stood, row: Math.min(stood.row, rows.length) };
  const [edited, setEdited] = useState<string | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const focusAt = (next: At) => {
    setAt(next);
    const place = `[data-at="${next.row} ${next.column}"]`;
    table.current?.querySelector<HTMLElement>(place)?.focus();
  };
  const picks = useGridPicks({ rows, bindings, at, focusAt });
  const hasBar = useCanvas(({ picked, copied }) => picked.length > 0 || copied.length > 0);
  const keys = useGridKeys({ at, rows, bindings, focusAt, picks, edit: setEdited });
  const cellAt = (row: number, column: number) => ({
    ...{ row, column, onFocus: setAt },
    tabIndex: at.row === row && at.column === column ? 0 : -1,
  });
  return (
    // Where the bar of what is chosen stands, the last rows can still be brought into sight.
    <div data-scroll className={cx("min-h-0 flex-1 overflow-auto", hasBar && "scroll-pb-48 pb-48")}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are edited
        role="grid"
        data-grid
        aria-label={`Map of ${entity.name}`}
        aria-multiselectable
        className="border-separate border-spacing-0 text-left"
        onKeyDown={keys}
        {...picks.surface}
      >
        <thead>
          <tr>
            <GridHead
              {...cellAt(0, 0)}
              onOpen={() => select({ kind: "entity" }, "mapping")}
              isFirst
            >
              <span className="type-label">{entity.name}</span>
            </GridHead>
            {bindings.map((binding, place) => (
              <GridHead
                key={binding.id}
                {...cellAt(0, place + 1)}
                onOpen={() => select({ kind: "binding", binding: binding.id }, "mapping")}
              >
                <BindingHead binding={binding} />
              </GridHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <GridLine
              key={row.id}
              {...{ row, bindings, edited, cellAt: (column) => cellAt(place + 1, column) }}
              onEdit={(cell, column) => {
                setEdited(cell);
                if (cell === null) focusAt({ row: place + 1, column });
              }}
            />
          ))}
        </tbody>
      </table>
      {leftOut > 0 && (
        <p className="p-4 type-body text-ink-2">
          {leftOut === 1 ? "1 more column leads" : `${formatCount(leftOut)} more columns lead`} to
          no field: they are found by name.
        </p>
      )}
      {rows.length === 0 && (
        <p className="p-4 type-body text-ink-2">
          Nothing is unmapped: every system has every field of {entity.name}, and no column is left.
        </p>
      )}
      {bindings.length === 0 && (
        <p className="p-4 type-body text-ink-2">
          No object is connected to {entity.name} yet: its fields have nowhere to go.
        </p>
      )}
    </div>
  );
}
