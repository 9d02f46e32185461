"use client";

import { Badge } from "../../../../components/ui/badge.tsx";
import { Time } from "../../../../components/ui/time.tsx";
import { entityOf, presentRows, type RecordData } from "./record-data.ts";
import { RowChip } from "./row-chip.tsx";

/** What it is, and its row in every system, each with what can be done to it. */
export function RowChips({ data }: { data: RecordData }) {
  const { deletedAt, entity } = data;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span className="type-body text-ink-2">{entityOf(data)?.name ?? entity}</span>
      {deletedAt !== null && (
        <Badge tone="warn">
          {data.mergedInto === null ? "deleted" : "merged"} <Time at={deletedAt} />
        </Badge>
      )}
      {presentRows(data).map((row) => (
        <RowChip key={row.id} data={data} row={row} />
      ))}
    </div>
  );
}
