"use client";

import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { formatCount } from "../../ui/count.tsx";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import { FieldValue } from "../../values/field-value.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import type { BoxItem } from "../box-items.ts";
import { useCanvas } from "../canvas-state.ts";
import type { FieldRow } from "../entity-rows.ts";
import type { EntityBox, EntityNodeData, RowMark } from "../flow-types.ts";
import { ENTITY_WIDTH } from "../geometry.ts";
import { bulletRole } from "../parts.ts";
import { fieldRowName } from "../row-words.ts";
import { TypeGlyph } from "../type-glyph.tsx";
import { Anchors } from "./anchors.tsx";
import { Box, BoxHeader } from "./box.tsx";
import { BoxRow, FoldRow, GroupLabel } from "./box-row.tsx";
import { FarFace } from "./far-face.tsx";
import { RowMarks } from "./row-mark.tsx";

/** The box of the entity itself: its fields, who owns each, and how far the systems agree. */
export const EntityNode = memo(function EntityNode({ id, data }: NodeProps<EntityBox>) {
  const level = useCanvas((state) => state.level);
  const { name, height } = data;
  return (
    <Box
      node={id}
      label={`Fields of ${name}`}
      width={ENTITY_WIDTH}
      {...{ height, isSelected: false, isEntity: true }}
      anchors={<Anchors node={id} type="target" anchors={data.anchors} />}
    >
      {level === "rows" ? (
        <Header id={id} data={data} />
      ) : (
        <BoxHeader node={id} name={headerName(data)} className="h-full">
          <FarFace
            level={level}
            mark={<Icon name="interchange" size={24} className="size-10" />}
            name={name}
            note={`${data.fields} fields`}
          />
        </BoxHeader>
      )}
      {level === "rows" && data.items.map((item) => <Item key={item.id} {...{ id, data, item }} />)}
    </Box>
  );
});

function headerName(data: EntityNodeData): string {
  const { name, matching, records, fields } = data;
  return `${name}, ${fields} fields, ${formatCount(records)} records, ${matching}`;
}

function Header({ id, data }: { id: string; data: EntityNodeData }) {
  const { name, matching, records, problems } = data;
  return (
    <BoxHeader node={id} name={headerName(data)} className="border-rule border-b px-3">
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate type-title">{name}</span>
        <span className="truncate type-small text-ink-2" title={matching}>
          {matching}
        </span>
      </span>
      <RowMarks mark={problems === null ? undefined : { ...problems, conflicts: 0, held: 0 }} />
      <span className="flex flex-col items-end type-small text-ink-2">
        <span className="type-value">{formatCount(records)}</span>
        {records === 1 ? "record" : "records"}
      </span>
    </BoxHeader>
  );
}

type ItemProps = { id: string; data: EntityNodeData; item: BoxItem<FieldRow> };

function Item({ id, data, item }: ItemProps) {
  switch (item.kind) {
    case "group":
      return <GroupLabel label={item.label} top={item.top} />;
    case "toggle":
      return <FoldRow node={id} item={item} />;
    default:
      return <Row {...{ id, data, item }} />;
  }
}

const BOTH_SIDES = ["left", "right"] as const;

function Row({
  id,
  data,
  item,
}: ItemProps & { item: Extract<ItemProps["item"], { kind: "row" }> }) {
  const { row, top } = item;
  const { field, owners, change } = row;
  const mark = data.marks[row.id];
  const value = useCanvas((state) => state.sample.values[id]?.[row.id]);
  const isSelected = useCanvas(({ selection }) => {
    if (selection.kind === "field") return selection.field === row.id;
    if (selection.kind !== "edge") return false;
    return row.edges.includes(`${selection.binding}/${selection.edge}`);
  });
  const isGone = change === "removed";
  return (
    <BoxRow
      {...{ node: id, row: row.id, top, isSelected, change, kind: "field" }}
      name={fieldRowName(row, value, mark)}
      sides={BOTH_SIDES}
      isDead={isGone}
    >
      <Owners owners={owners} />
      <TypeGlyph type={field.type} />
      <span
        className={cx(
          "min-w-0 shrink truncate",
          isGone && "text-ink-2 line-through decoration-rem",
          (row.label !== field.name || row.together !== null) && "pl-2",
          row.edges.length === 0 && !isGone && "text-ink-2",
        )}
        title={field.note ?? field.name}
      >
        {row.label}
      </span>
      {row.together !== null && <Together name={row.together} />}
      {row.isKey && (
        <span title="Rows are matched by this field" className="inline-flex">
          <Icon name="key" size={14} className="text-ink-2" />
        </span>
      )}
      <span className="ml-auto flex min-w-0 max-w-24 shrink-0 justify-end text-ink-2">
        {value !== undefined && <FieldValue value={value} type={field.type} />}
      </span>
      <RowMarks mark={mark} />
      {!isGone && <Agreement records={data.records} mark={mark} />}
    </BoxRow>
  );
}

/** The field is decided with others, which have the same mark. */
function Together({ name }: { name: string }) {
  return (
    <span title={`Decided together as ${name}`} className="inline-flex shrink-0">
      <Icon name="link" size={14} className="text-ink-2" />
    </span>
  );
}

/** Who owns the field; a hollow place where nobody does. */
function Owners({ owners }: { owners: FieldRow["owners"] }) {
  const [first, second, ...more] = owners;
  return (
    <span className="flex w-[34px] shrink-0 items-center gap-0.5">
      {first === undefined && (
        <span
          title="No system decides this field"
          className="inline-flex size-4 rounded-bullet border border-rule-strong border-dashed"
        />
      )}
      {first && <LineBullet system={first.system} as={bulletRole(first.part)} />}
      {second && more.length === 0 && (
        <LineBullet system={second.system} as={bulletRole(second.part)} />
      )}
      {more.length > 0 && <span className="type-small text-ink-2">+{more.length + 1}</span>}
    </span>
  );
}

/** The share of records in which the field is settled everywhere, as a bar of 40 by 4 px. */
function Agreement({ records, mark }: { records: number; mark: RowMark | undefined }) {
  if (records === 0) return null;
  const open = Math.min(records, (mark?.conflicts ?? 0) + (mark?.held ?? 0));
  const settled = records - open;
  return (
    <span
      aria-hidden
      title={`Settled in ${formatCount(settled)} of ${formatCount(records)} records`}
      className={cx("flex h-1 w-10 shrink-0", open === 0 ? "bg-rule" : "bg-conflict")}
    >
      <span
        className={cx("block h-1 bg-ok", open > 0 && "border-panel border-r")}
        // A few open questions among thousands must still be seen.
        style={{ width: `${open === 0 ? 100 : Math.min(85, (settled / records) * 100)}%` }}
      />
    </span>
  );
}
