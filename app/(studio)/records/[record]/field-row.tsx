"use client";

import { ActorMark } from "../../../../components/audit/actor-mark.tsx";
import { bulletRole, partsOf } from "../../../../components/canvas/parts.ts";
import { cx } from "../../../../components/ui/cx.ts";
import { Icon } from "../../../../components/ui/icon.tsx";
import { Td } from "../../../../components/ui/table.tsx";
import { FieldValue } from "../../../../components/values/field-value.tsx";
import type { BulletRole } from "../../../../components/values/line-bullet.tsx";
import type { LogLine } from "../../../../server/core/audit/log-line.ts";
import type { ToldRecord } from "../../../../server/core/audit/record-at.ts";
import type { Field } from "../../../../server/core/map/document.ts";
import { FieldWhy } from "./field-why.tsx";
import { type FieldLine, type RecordData, type RecordRow, systemOf } from "./record-data.ts";
import { SystemCell } from "./system-cell.tsx";

export type FieldRowProps = {
  data: RecordData;
  id: string;
  /** What it is called. */
  name: string;
  /** Null: the map has dropped it since. */
  field: Field | null;
  /** What it has in common with the lines beside it. */
  group: FieldLine["group"];
  lines: readonly LogLine[];
  /** The moment that is shown, and the record as of it; null: now. */
  at: string | null;
  told: ToldRecord | null;
  rows: readonly RecordRow[];
  isOpen: boolean;
  onToggle: () => void;
};

/** One field across all systems; opened, it says why. */
export function FieldRow(props: FieldRowProps) {
  const { data, id, name, field, group, told, rows, isOpen, onToggle } = props;
  const hub = hubOf(props);
  const parts = field === null ? new Map() : partsOf(data.document, data.entity, field);
  const roleOf = (system: string): BulletRole => bulletRole(parts.get(system) ?? "none");
  return (
    <>
      {group?.isFirst === true && <GroupHead words={group.words} columns={2 + rows.length} />}
      <tr className={cx("max-md:flex max-md:flex-col max-md:py-2", isOpen && "bg-enamel")}>
        <Td className={cx(NARROW, "w-36", group !== null && PART)}>
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={onToggle}
            className="flex min-h-6 items-center gap-1 text-left type-label hover:underline"
          >
            <Icon name={isOpen ? "chevron-down" : "chevron-right"} size={16} />
            {name}
          </button>
        </Td>
        <Td className={cx(NARROW, SHARED)}>
          <span className={NARROW_LABEL}>Hub</span>
          <span className="flex min-w-0 items-center gap-2">
            {hub !== null && (
              <ActorMark
                actor={hub.by}
                systems={data.document.systems}
                as={roleOf(hub.by.replace(/^system:/, ""))}
                bare
              />
            )}
            <FieldValue value={hub?.value} type={field?.type} expandable wrap />
          </span>
        </Td>
        {rows.map((row) => (
          <Td key={row.id} className={cx(NARROW, SHARED)}>
            <span className={NARROW_LABEL}>{systemOf(data, row.system)?.name ?? row.system}</span>
            <SystemCell {...{ data, row, field, id, told }} role={roleOf(row.system)} />
          </Td>
        ))}
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={2 + rows.length} className="border-rule border-b bg-enamel p-0">
            <FieldWhy {...props} />
          </td>
        </tr>
      )}
    </>
  );
}

/** Over fields that belong together. */
function GroupHead({ words, columns }: { words: string; columns: number }) {
  return (
    <tr>
      <td colSpan={columns} className={cx(PART, "px-3 pt-2 pb-0.5 type-small text-ink-2")}>
        {words}
      </td>
    </tr>
  );
}

/** One line down the side of all of them. */
const PART = "border-l-2 border-l-ink-3";

/** Values are cut where the column ends, and no long one widens its column. */
const SHARED = "md:max-w-0";
/** Below each other, values have no heading above them. */
const NARROW_LABEL = "w-14 shrink-0 truncate type-small text-ink-2 md:hidden";
const NARROW = "max-md:flex max-md:h-auto max-md:items-center max-md:border-b-0 max-md:py-0.5";

function hubOf({ data, id, told }: FieldRowProps) {
  if (told !== null) {
    const value = told.hub[id];
    return value === undefined ? null : { value: value.value, by: value.line.actor };
  }
  const hub = data.values[id];
  return hub === undefined ? null : { value: hub.v, by: hub.by as string };
}
