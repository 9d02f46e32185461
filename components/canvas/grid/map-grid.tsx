"use client";

import { useRef, useState } from "react";
import { useEditor } from "../editor-context.ts";
import { GridCell } from "./grid-cell.tsx";
import { BindingHead, FieldHead, GridHead } from "./grid-heads.tsx";
import { type At, cellKey, useGridKeys } from "./use-grid-keys.ts";

/**
 * The same map as a table: fields down, systems across. Everything that the canvas can draw can be
 * set here by keyboard, and it is what small screens show.
 */
export function MapGrid() {
  const { document, entity, select } = useEditor();
  const bindings = document.bindings.filter((binding) => binding.entity === entity.id);
  const [at, setAt] = useState<At>({ row: 1, column: 0 });
  const [edited, setEdited] = useState<string | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const focusAt = (next: At) => {
    setAt(next);
    const place = `[data-at="${next.row} ${next.column}"]`;
    table.current?.querySelector<HTMLElement>(place)?.focus();
  };
  const keys = useGridKeys({ at, bindings, focusAt, edit: setEdited });
  const cellAt = (row: number, column: number) => ({
    ...{ row, column, onFocus: setAt },
    tabIndex: at.row === row && at.column === column ? 0 : -1,
  });
  return (
    <div data-scroll className="min-h-0 flex-1 overflow-auto">
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: its cells are edited
        role="grid"
        data-grid
        aria-label={`Map of ${entity.name}`}
        className="border-separate border-spacing-0 text-left"
        onKeyDown={keys}
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
          {entity.fields.map((field, row) => (
            <tr key={field.id}>
              <FieldHead field={field} {...cellAt(row + 1, 0)} />
              {bindings.map((binding, place) => (
                <GridCell
                  key={binding.id}
                  {...{ binding, field, ...cellAt(row + 1, place + 1) }}
                  isEdited={edited === cellKey(binding.id, field.id)}
                  onEdit={(isEdited) => {
                    setEdited(isEdited ? cellKey(binding.id, field.id) : null);
                    if (!isEdited) focusAt({ row: row + 1, column: place + 1 });
                  }}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {bindings.length === 0 && (
        <p className="p-4 type-body text-ink-2">
          No object is connected to {entity.name} yet: its fields have nowhere to go.
        </p>
      )}
    </div>
  );
}
