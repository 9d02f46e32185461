import Link from "next/link";
import { Lamp } from "../../../../components/ui/lamp.tsx";
import { FieldValue } from "../../../../components/values/field-value.tsx";
import { type BulletRole, LineBullet } from "../../../../components/values/line-bullet.tsx";
import type { ToldRecord } from "../../../../server/core/audit/record-at.ts";
import type { Field } from "../../../../server/core/map/document.ts";
import { cellWords } from "./cell-words.ts";
import { type Cell, type RecordData, type RecordRow, systemOf } from "./record-data.ts";

type SystemCellProps = {
  data: RecordData;
  row: RecordRow;
  id: string;
  field: Field | null;
  told: ToldRecord | null;
  /** What the system is to the field. */
  role: BulletRole;
};

/** What one system holds in one field, and how that stands to the hub. */
export function SystemCell({ data, row, id, field, told, role }: SystemCellProps) {
  const cell = row.cells[id];
  const system = systemOf(data, row.system);
  if (cell === undefined) return <span className="type-small text-ink-3">not mapped</span>;
  const value = told === null ? cell.value : told.systems[row.system]?.[id]?.value;
  return (
    <span className="flex min-w-0 items-center gap-2">
      {system !== undefined && <LineBullet system={system} as={role} />}
      {(told !== null || cell.state !== "making") && (
        <FieldValue value={value} type={field?.type} expandable wrap />
      )}
      {told === null && <Standing {...{ data, id }} cell={cell} />}
    </span>
  );
}

/** Where it differs: how, and the way to where that is decided. */
function Standing({ data, id, cell }: { data: RecordData; id: string; cell: Cell }) {
  const said = cellWords(cell.state);
  if (said === null) return null;
  const words = (
    <>
      <Lamp state={said.lamp} size={12} label="" />
      {said.words}
    </>
  );
  const href = placeOf(data, id, cell);
  const className = "inline-flex shrink-0 items-center gap-1 type-small";
  return href === null ? (
    <span className={`${className} text-ink-2`} title={cell.message}>
      {words}
    </span>
  ) : (
    <Link href={href} className={`${className} link`} title={cell.message}>
      {words}
    </Link>
  );
}

function placeOf(data: RecordData, field: string, cell: Cell): string | null {
  const question = data.questions.find(({ fields }) => fields.includes(field));
  if ((cell.state === "asked" || cell.state === "waits") && question !== undefined) {
    return `/conflicts?question=${question.id}`;
  }
  const held = data.held.find((one) => one.field === field);
  if ((cell.state === "held" || cell.state === "refused") && held !== undefined) {
    return `/quarantine?item=${held.id}`;
  }
  return null;
}
