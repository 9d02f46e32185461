"use client";

import type { ReactNode } from "react";
import { cx } from "../../ui/cx.ts";
import { isSamePlace, rowElementId, useCanvas, useCanvasStore } from "../canvas-state.ts";
import { HEADER_ANCHOR } from "../geometry.ts";
import { isPicked, PICKED } from "../picks/picks.ts";

type BoxProps = {
  node: string;
  /** Spoken name of its list of rows. */
  label: string;
  width: number;
  height: number;
  isSelected: boolean;
  /** The entity's box has a strong upper edge. */
  isEntity?: boolean | undefined;
  anchors: ReactNode;
  /** Beside the list: not part of it for screen readers. */
  aside?: ReactNode;
  children: ReactNode;
};

/** The frame of a box, and the tree of its rows: the one place where the keyboard enters it. */
export function Box(props: BoxProps) {
  const { node, label, width, height, isSelected, isEntity, anchors, aside, children } = props;
  const store = useCanvasStore();
  const active = useCanvas((state) => (state.active?.node === node ? state.active : null));
  // The whole canvas is one tab stop: the tree that has the active row, else the entity's.
  const isStop = useCanvas(
    (state) => state.active?.node === node || (state.active === null && isEntity === true),
  );
  const enter = () => {
    if (store.getState().active?.node === node) return;
    store.setState({ active: { node, row: HEADER_ANCHOR } });
  };
  return (
    <div
      className={cx(
        "relative rounded-panel border bg-panel text-ink",
        isEntity === true ? "border-rule-strong border-t-2 border-t-ink" : "border-rule-strong",
        isSelected && "outline-2 outline-focus outline-offset-1",
      )}
      style={{ width, height }}
    >
      {anchors}
      <div
        role="tree"
        aria-label={label}
        aria-multiselectable
        tabIndex={isStop ? 0 : -1}
        aria-activedescendant={active === null ? undefined : rowElementId(active)}
        data-tree={node}
        onFocus={enter}
        className="absolute inset-0 outline-none"
      >
        {children}
      </div>
      {aside}
    </div>
  );
}

type BoxHeaderProps = {
  node: string;
  name: string;
  className?: string | undefined;
  children: ReactNode;
};

/** The head of a box: it is dragged by it, and a press opens the settings of the whole. */
export function BoxHeader({ node, name, className, children }: BoxHeaderProps) {
  const place = { node, row: HEADER_ANCHOR };
  const isActive = useCanvas((state) => isSamePlace(state.active, place));
  const isChosen = useCanvas((state) => isPicked(state.picked, place));
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus and names its row
    <div
      role="treeitem"
      id={rowElementId(place)}
      aria-label={name}
      aria-level={1}
      aria-selected={isChosen}
      data-row={HEADER_ANCHOR}
      data-node={node}
      className={cx(
        "box-header absolute inset-x-0 top-0 flex h-[52px] items-center gap-2 px-2",
        "rounded-t-panel",
        isChosen ? PICKED : "hover:bg-sunk/60",
        isActive && "map-active",
        className,
      )}
    >
      {children}
    </div>
  );
}
