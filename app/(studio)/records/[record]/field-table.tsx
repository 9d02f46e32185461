"use client";

import { Table, Th } from "../../../../components/ui/table.tsx";
import { LineBullet } from "../../../../components/values/line-bullet.tsx";
import type { LogLine } from "../../../../server/core/audit/log-line.ts";
import type { ToldRecord } from "../../../../server/core/audit/record-at.ts";
import { FieldRow } from "./field-row.tsx";
import { fieldsOf, presentRows, type RecordData, systemOf } from "./record-data.ts";

type FieldTableProps = {
  data: RecordData;
  lines: readonly LogLine[];
  /** The moment that is shown, and the record as of it; null: now. */
  at: string | null;
  told: ToldRecord | null;
  /** The field that is explained. */
  open: string | null;
  onOpen: (field: string | null) => void;
};

/** More systems than this do not fit beside each other. */
const COLUMNS_MAX = 5;

/** Field by field: the hub's value with its source, and what each system holds. */
export function FieldTable({ data, lines, at, told, open, onOpen }: FieldTableProps) {
  const rows = presentRows(data);
  // With many systems the table scrolls instead of squeezing its columns.
  const share = rows.length > COLUMNS_MAX ? "min-w-48" : undefined;
  return (
    <Table label="Values">
      <thead className="max-md:sr-only">
        <tr>
          <Th className="w-36">Field</Th>
          <Th className={share}>The hub has</Th>
          {rows.map((row) => {
            const system = systemOf(data, row.system);
            return (
              <Th key={row.id} className={share}>
                <span className="inline-flex items-center gap-1.5">
                  {system !== undefined && <LineBullet system={system} as="contributor" quiet />}
                  {system?.name ?? row.system}
                </span>
              </Th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {fieldsOf(data).map(({ id, name, field, group }) => (
          <FieldRow
            key={id}
            {...{ data, id, name, field, group, lines, at, told, rows }}
            isOpen={open === id}
            onToggle={() => onOpen(open === id ? null : id)}
          />
        ))}
      </tbody>
    </Table>
  );
}
