"use client";

import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { IconButton } from "../../ui/icon-button.tsx";
import { Lamp } from "../../ui/lamp.tsx";
import { Menu } from "../../ui/menu.tsx";
import { FieldValue } from "../../values/field-value.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import type { BoxItem } from "../box-items.ts";
import { useCanvas, useCanvasStore } from "../canvas-state.ts";
import type { SystemBox, SystemNodeData } from "../flow-types.ts";
import { SYSTEM_WIDTH } from "../geometry.ts";
import { bulletRole } from "../parts.ts";
import { columnName } from "../row-words.ts";
import type { ColumnRow } from "../system-rows.ts";
import { TypeGlyph } from "../type-glyph.tsx";
import { Anchors } from "./anchors.tsx";
import { Box, BoxHeader } from "./box.tsx";
import { BoxRow, FoldRow, GroupLabel } from "./box-row.tsx";
import { FarFace } from "./far-face.tsx";
import { ChangeMark, RowMarks, SuggestedMark } from "./row-mark.tsx";

/** The box of a system's object: its columns, with what they hold and what they are to the hub. */
export const SystemNode = memo(function SystemNode({ id, data }: NodeProps<SystemBox>) {
  const level = useCanvas((state) => state.level);
  const isSelected = useCanvas(
    ({ selection }) => selection.kind === "binding" && selection.binding === data.binding,
  );
  const { system, object, height } = data;
  return (
    <Box
      node={id}
      label={`Columns of ${system.name} ${object}`}
      width={SYSTEM_WIDTH}
      {...{ height, isSelected }}
      anchors={<Anchors node={id} type="source" anchors={data.anchors} />}
      aside={level === "rows" && <BoxMenu node={id} name={`${system.name} ${object}`} />}
    >
      {level === "rows" ? (
        <Header id={id} data={data} />
      ) : (
        <BoxHeader node={id} name={headerName(data)} className="h-full">
          <FarFace
            level={level}
            mark={<LineBullet system={system} size={40} quiet />}
            name={system.name}
            note={`${data.mapped} of ${data.columns} mapped`}
          />
        </BoxHeader>
      )}
      {level === "rows" && data.items.map((item) => <Item key={item.id} {...{ id, data, item }} />)}
    </Box>
  );
});

function headerName({ system, object, mapped, columns, state }: SystemNodeData): string {
  const parts = [system.name, object, `${mapped} of ${columns} columns mapped`];
  if ("words" in state) parts.push(state.words);
  return parts.join(", ");
}

function Header({ id, data }: { id: string; data: SystemNodeData }) {
  const { system, object, change, problems } = data;
  return (
    <BoxHeader node={id} name={headerName(data)} className="border-rule border-b pr-10">
      <LineBullet system={system} size={28} quiet />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate type-node">{system.name}</span>
        <span className="truncate type-small text-ink-2" title={object}>
          {object}
        </span>
      </span>
      <RowMarks mark={problems === null ? undefined : { ...problems, conflicts: 0, held: 0 }} />
      <StateLamp state={data.state} />
      <ChangeMark change={change} className="absolute top-5 -left-4" />
    </BoxHeader>
  );
}

function StateLamp({ state }: { state: SystemNodeData["state"] }) {
  switch (state.kind) {
    case "ok":
      return <Lamp state="ok" size={12} label="" />;
    case "unknown":
      return (
        <span title="Not connected here">
          <Lamp state="waiting" size={12} label="" />
        </span>
      );
    default:
      return (
        <span title={state.words}>
          <Lamp state={state.kind} size={12} label="" />
        </span>
      );
  }
}

function BoxMenu({ node, name }: { node: string; name: string }) {
  const store = useCanvasStore();
  const isOpen = useCanvas((state) => state.open.has(`${node}/unmapped`));
  const acts = () => store.getState().acts;
  return (
    <span className="nodrag nopan absolute top-2.5 right-1.5">
      <Menu
        trigger={<IconButton icon="dots" label={`More of ${name}`} size="sm" tabIndex={-1} />}
        entries={[
          {
            label: "What is made and deleted",
            icon: "edit",
            onSelect: () => acts().settings(node),
          },
          {
            label: "Suggestions",
            icon: "suggest",
            onSelect: () => acts().suggest(node),
          },
          {
            label: isOpen ? "Fold unmapped columns" : "Show unmapped columns",
            icon: isOpen ? "eye-off" : "eye",
            onSelect: () => acts().toggle(node, "unmapped"),
          },
          "separator",
          {
            label: "Take out of the map",
            icon: "unlink",
            danger: true,
            onSelect: () => acts().remove(node),
          },
        ]}
      />
    </span>
  );
}

type ItemProps = { id: string; data: SystemNodeData; item: BoxItem<ColumnRow> };

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

function Row({
  id,
  data,
  item,
}: ItemProps & { item: Extract<ItemProps["item"], { kind: "row" }> }) {
  const { row, top } = item;
  const value = useCanvas((state) => state.sample.values[id]?.[row.id]);
  const isSuggested = data.suggested.includes(row.id);
  const isSelected = useCanvas(({ selection }) => {
    if (selection.kind === "column") {
      return selection.binding === data.binding && selection.column === row.id;
    }
    if (selection.kind === "edge") {
      return selection.binding === data.binding && row.edges.includes(selection.edge);
    }
    return selection.kind === "field" && row.fields.includes(selection.field);
  });
  return (
    <BoxRow
      {...{ node: id, row: row.id, top, isSelected, change: row.change, kind: "system" }}
      name={columnName(row, value, isSuggested)}
      sides={[data.side === "left" ? "right" : "left"]}
    >
      <TypeGlyph type={row.type} />
      <span className="min-w-0 shrink truncate" title={titleOf(row)}>
        {row.id}
      </span>
      {row.schema === null && <Lamp state="warning" size={12} label="" />}
      {isSuggested && <SuggestedMark />}
      <span className="ml-auto flex min-w-0 max-w-24 shrink-0 justify-end text-ink-2">
        {value !== undefined && <FieldValue value={value} type={row.type ?? undefined} />}
      </span>
      {row.part !== null && <LineBullet system={data.system} as={bulletRole(row.part)} quiet />}
      <RowMarks mark={data.marks[row.id]} />
    </BoxRow>
  );
}

function titleOf({ id, schema }: ColumnRow): string {
  if (schema === null) return `${id}: the system has no such column any more`;
  const { nativeType, nullable, readOnly, comment } = schema;
  const facts = [nativeType, ...(nullable ? [] : ["not null"]), ...(readOnly ? ["read only"] : [])];
  return [`${id}: ${facts.join(", ")}`, ...(comment === undefined ? [] : [comment])].join("\n");
}
