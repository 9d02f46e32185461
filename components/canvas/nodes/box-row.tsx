"use client";

import { Handle, Position } from "@xyflow/react";
import type { CSSProperties, ReactNode } from "react";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Side } from "../arrange.ts";
import type { BoxItem } from "../box-items.ts";
import { isSamePlace, rowElementId, useCanvas } from "../canvas-state.ts";
import type { Change } from "../entity-rows.ts";
import { anchorId } from "../flow-types.ts";
import { isPicked, PICKED } from "../picks/picks.ts";
import { ChangeMark } from "./row-mark.tsx";

type BoxRowProps = {
  node: string;
  row: string;
  top: number;
  /** Spoken: everything that the row shows. */
  name: string;
  kind: "system" | "field";
  /** Sides at which a connection can begin. */
  sides: readonly Side[];
  isSelected: boolean;
  /** It cannot be joined (it is removed). */
  isDead?: boolean | undefined;
  change: Change | null;
  level?: number | undefined;
  children: ReactNode;
};

/** One row of a box: 28 px, the whole of it the target of a connection. */
export function BoxRow(props: BoxRowProps) {
  const { node, row, top, name, kind, sides, isSelected, isDead, change, level, children } = props;
  const place = { node, row };
  const isActive = useCanvas((state) => isSamePlace(state.active, place));
  const isArmed = useCanvas((state) => isSamePlace(state.armed, place));
  const isChosen = useCanvas((state) => isPicked(state.picked, place));
  const isNear = useCanvas((state) => isSamePlace(state.hovered, place)) || isActive || isArmed;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and names its row
    <div
      role="treeitem"
      id={rowElementId(place)}
      aria-label={name}
      aria-level={level ?? 1}
      aria-selected={isSelected || isChosen}
      data-row={row}
      data-node={node}
      data-kind={isDead === true ? undefined : kind}
      className={cx(
        "absolute inset-x-0 flex h-7 items-center gap-1.5 px-2 type-label",
        `${kind}-row nodrag`,
        groundOf(isSelected, isChosen),
        isActive && "map-active",
        isArmed && "bg-add-bg",
      )}
      style={{ top }}
    >
      {children}
      <ChangeMark change={change} className="absolute top-2 -left-4" />
      {isDead !== true && isNear && <RowHandles {...{ node, row, kind, sides }} />}
    </div>
  );
}

/** What a row is drawn on: picked comes before opened. */
function groundOf(isSelected: boolean, isChosen: boolean): string {
  if (isChosen) return PICKED;
  return isSelected ? "bg-sunk" : "hover:bg-sunk/60";
}

type HandlesProps = { node: string; row: string; kind: "system" | "field"; sides: readonly Side[] };

/** Mounted on the row under the pointer or the keyboard only: a handle for each would be slow. */
function RowHandles({ row, kind, sides }: HandlesProps) {
  return sides.map((side) => (
    <Handle
      key={side}
      type={kind === "system" ? "source" : "target"}
      id={anchorId(side, row)}
      position={side === "left" ? Position.Left : Position.Right}
      className="row-handle"
      data-half={sides.length > 1 ? side : undefined}
    >
      <Knob side={side} />
    </Handle>
  ));
}

/** The knob at the edge of a row: a press arms it, a drag draws at once. */
function Knob({ side }: { side: Side }) {
  const style: CSSProperties = side === "left" ? { left: -12 } : { right: -12 };
  return (
    <span
      data-knob
      title="Draw a line from here"
      className="absolute top-0.5 flex size-6 items-center justify-center"
      style={style}
    >
      <span className="pointer-events-none size-3 rounded-full border-2 border-ink bg-panel" />
    </span>
  );
}

type FoldProps = {
  node: string;
  item: Extract<BoxItem<never>, { kind: "toggle" }>;
};

/** A row that opens or closes others: "19 unmapped". */
export function FoldRow({ node, item }: FoldProps) {
  const place = { node, row: item.id };
  const isActive = useCanvas((state) => isSamePlace(state.active, place));
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and names its row
    <div
      role="treeitem"
      id={rowElementId(place)}
      aria-label={item.label}
      aria-expanded={item.isOpen}
      aria-level={1}
      aria-selected={false}
      data-row={item.id}
      data-node={node}
      data-fold={item.id}
      className={cx(
        "nodrag absolute inset-x-0 flex h-7 items-center gap-1.5 px-2 type-small text-ink-2",
        "hover:bg-sunk/60 hover:text-ink",
        isActive && "map-active",
      )}
      style={{ top: item.top }}
    >
      <Icon name={item.isOpen ? "chevron-down" : "chevron-right"} size={16} />
      {item.label}
    </div>
  );
}

/** The name of a group of rows. */
export function GroupLabel({ label, top }: { label: string; top: number }) {
  return (
    <div
      aria-hidden
      className="absolute inset-x-0 flex h-6 items-end px-2 pb-0.5 type-small text-ink-2"
      style={{ top }}
    >
      {label}
    </div>
  );
}
