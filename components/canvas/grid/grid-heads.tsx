"use client";

import type { ReactNode } from "react";
import type { Binding, Field } from "../../../server/core/map/document.ts";
import { groupOf } from "../../../server/core/map/groups.ts";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import { FieldValue } from "../../values/field-value.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import { useCanvas } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { ENTITY_NODE } from "../flow-types.ts";
import { isPicked, PICKED } from "../picks/picks.ts";
import { TypeGlyph } from "../type-glyph.tsx";
import { OwnerMarks } from "./owner-marks.tsx";
import type { At } from "./use-grid-keys.ts";

/** What every cell has in common. */
export const CELL = "border-rule border-r border-b outline-offset-[-2px] focus-visible:z-10";

/** What a cell that can be pressed is drawn on: picked comes before opened. */
export function cellGround(isSelected: boolean, isChosen: boolean): string {
  if (isChosen) return PICKED;
  return isSelected ? "bg-sunk" : "bg-panel hover:bg-sunk";
}

type HeadProps = {
  row: number;
  column: number;
  tabIndex: number;
  onFocus: (at: At) => void;
  onOpen?: (() => void) | undefined;
  isFirst?: boolean | undefined;
  children: ReactNode;
};

/** A heading that the keyboard can stand on. */
export function GridHead({ row, column, tabIndex, onFocus, onOpen, isFirst, children }: HeadProps) {
  return (
    <th
      scope="col"
      data-at={`${row} ${column}`}
      tabIndex={tabIndex}
      onFocus={() => onFocus({ row, column })}
      onClick={onOpen}
      className={cx(
        CELL,
        "sticky top-0 h-[52px] min-w-52 bg-panel px-3 font-normal",
        isFirst === true ? "left-0 z-30 md:min-w-64" : "z-20 hover:bg-sunk",
      )}
    >
      {children}
    </th>
  );
}

/** A system and its object over their column. */
export function BindingHead({ binding }: { binding: Binding }) {
  const { document } = useEditor();
  const system = document.systems.find(({ id }) => id === binding.system);
  return (
    <span className="flex items-center gap-2">
      {system && <LineBullet system={system} size={20} quiet />}
      <span className="flex min-w-0 flex-col">
        <span className="truncate type-label">{system?.name ?? binding.system}</span>
        <span className="truncate type-small text-ink-2">{binding.object}</span>
      </span>
    </span>
  );
}

type FieldHeadProps = {
  field: Field;
  row: number;
  tabIndex: number;
  onFocus: (at: At) => void;
};

/** A field at the start of its row. */
export function FieldHead({ field, row, tabIndex, onFocus }: FieldHeadProps) {
  const { select, document, entity } = useEditor();
  const group = groupOf(entity, field.id);
  const isSelected = useCanvas(
    ({ selection }) => selection.kind === "field" && selection.field === field.id,
  );
  const place = { node: ENTITY_NODE, row: field.id };
  const isChosen = useCanvas((state) => isPicked(state.picked, place));
  const value = useCanvas((state) => state.sample.values[ENTITY_NODE]?.[field.id]);
  return (
    <th
      scope="row"
      data-at={`${row} 0`}
      data-field={field.id}
      tabIndex={tabIndex}
      aria-selected={isSelected || isChosen}
      onFocus={() => onFocus({ row, column: 0 })}
      onClick={() => select({ kind: "field", field: field.id }, "mapping")}
      className={cx(
        CELL,
        "sticky left-0 z-10 h-8 max-w-64 min-w-40 px-3 text-left font-normal",
        cellGround(isSelected, isChosen),
      )}
    >
      <span className="flex items-center gap-2">
        <OwnerMarks {...{ document, entity, field }} />
        <TypeGlyph type={field.type} />
        <span className="min-w-0 flex-1 truncate type-label">{field.name}</span>
        {group !== undefined && (
          <span title={`Decided together as ${group.name}`} className="inline-flex shrink-0">
            <Icon name="link" size={14} className="text-ink-2" />
          </span>
        )}
        <span className="max-md:hidden">
          <SampleText value={value} />
        </span>
      </span>
    </th>
  );
}

/** The sample's value, small beside a name. */
export function SampleText({ value }: { value: Parameters<typeof FieldValue>[0]["value"] }) {
  if (value === undefined) return null;
  return (
    <span className="block max-w-24 truncate text-ink-2">
      <FieldValue value={value} />
    </span>
  );
}
