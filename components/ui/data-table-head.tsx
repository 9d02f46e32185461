// biome-ignore-all lint/a11y/useSemanticElements: a virtual list cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus
"use client";

import { cx } from "./cx.ts";
import type { Column } from "./data-table.tsx";
import { Icon } from "./icon.tsx";

export type SortOrder = { column: string; descending: boolean };

type DataTableHeadProps<Row> = {
  columns: readonly Column<Row>[];
  template: string;
  sort: SortOrder | undefined;
  onSort: ((sort: SortOrder) => void) | undefined;
};

/** The headings of a `DataTable`; they stay while the rows scroll. */
export function DataTableHead<Row>(props: DataTableHeadProps<Row>) {
  const { columns, template, sort, onSort } = props;
  return (
    <div role="rowgroup" className="sticky top-0 z-10">
      <div
        role="row"
        aria-rowindex={1}
        className="grid h-7 items-center border-rule-strong border-b bg-panel"
        style={{ gridTemplateColumns: template }}
      >
        {columns.map((column) => (
          <Heading
            key={column.id}
            {...{ column }}
            order={sort?.column === column.id ? sort : undefined}
            onSort={column.sortable === true ? onSort : undefined}
          />
        ))}
      </div>
    </div>
  );
}

type HeadingProps<Row> = {
  column: Column<Row>;
  order: SortOrder | undefined;
  onSort: ((sort: SortOrder) => void) | undefined;
};

function Heading<Row>({ column, order, onSort }: HeadingProps<Row>) {
  const sorted = order?.descending === true ? "descending" : "ascending";
  return (
    <div
      role="columnheader"
      {...(order === undefined ? {} : { "aria-sort": sorted })}
      className={cx(
        "flex min-w-0 items-center px-3 type-small text-ink-2 first:pl-4 last:pr-4",
        column.numeric === true && "justify-end",
      )}
    >
      {onSort === undefined ? (
        <span className="truncate">{column.header}</span>
      ) : (
        <button
          type="button"
          className="flex h-6 min-w-6 items-center gap-1 truncate hover:text-ink"
          onClick={() => onSort({ column: column.id, descending: order?.descending === false })}
        >
          {column.header}
          {order && <Icon name={order.descending ? "arrow-down" : "arrow-up"} size={12} />}
        </button>
      )}
    </div>
  );
}
