"use client";

import { type UIEvent, useMemo } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { DataTable } from "../../../components/ui/data-table.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { useNarrow } from "../../../components/ui/use-narrow.ts";
import { auditColumns, narrowColumns } from "./audit-columns.tsx";
import { type AuditFilter, type AuditPage, NO_FILTER, rowsOf } from "./audit-filter.ts";
import { chipsOf } from "./chips.ts";
import { LineDrawer } from "./line-drawer.tsx";

type AuditTableProps = {
  page: AuditPage;
  lines: AuditPage["lines"];
  filter: AuditFilter;
  setFilter: (changes: Partial<AuditFilter>) => unknown;
  /** The reader has scrolled away from the newest line, or is back at it. */
  onReading: (isReading: boolean) => void;
  onEndReached: () => void;
};

/** Scrolled this far, one reads: new lines must not push what is read. */
const READING_PX = 40;

export function AuditTable(props: AuditTableProps) {
  const { page, lines, filter, setFilter, onReading, onEndReached } = props;
  const isNarrow = useNarrow();
  const rows = useMemo(() => rowsOf(lines, filter.field), [lines, filter.field]);
  const open = rows.find(({ key }) => key === filter.line) ?? null;
  if (rows.length === 0) return <NoLines {...props} />;
  const onScroll = (event: UIEvent) => {
    if (event.target instanceof HTMLElement) onReading(event.target.scrollTop > READING_PX);
  };
  return (
    <div onScrollCapture={onScroll} className="flex min-h-0 flex-1 flex-col">
      <DataTable
        label="Audit log"
        columns={isNarrow ? narrowColumns(page) : auditColumns(page)}
        rows={rows}
        rowId={({ key }) => key}
        onOpen={({ key }) => setFilter({ line: key })}
        openId={filter.line}
        onEndReached={onEndReached}
        rowHeight={isNarrow ? 40 : 32}
      />
      <LineDrawer
        line={open}
        page={page}
        setFilter={setFilter}
        onClose={() => setFilter({ line: null })}
      />
    </div>
  );
}

function NoLines({ page, filter, setFilter }: AuditTableProps) {
  const chips = chipsOf(filter, page);
  if (chips.length === 0) {
    return (
      <EmptyState icon="ledger" title="Nothing has happened yet">
        As soon as a published map’s systems are read, every change of every field is written down
        here, with who made it and why it counts.
      </EmptyState>
    );
  }
  const unknown = filter.record !== null && page.named === 0;
  return (
    <EmptyState
      icon="search"
      title={unknown ? "No such record" : "No line fits"}
      action={<Button onClick={() => setFilter(NO_FILTER)}>Show the whole log</Button>}
    >
      {unknown
        ? `Nothing is known as “${filter.record}”. It is looked for in ids of systems, match keys ` +
          "and ids of records."
        : `The filter hides everything: ${chips.map(({ words }) => words).join(", ")}.`}
    </EmptyState>
  );
}
