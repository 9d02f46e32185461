// biome-ignore-all lint/a11y/useSemanticElements: a virtual list cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid handles the keys
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import type { NamedSystem } from "../../../components/audit/actor-words.ts";
import { Count } from "../../../components/ui/count.tsx";
import { cx } from "../../../components/ui/cx.ts";
import type { Question } from "./conflict-filter.ts";
import { QueueItem } from "./queue-item.tsx";
import type { QueueRow } from "./queue-rows.ts";

type QueueListProps = {
  rows: readonly QueueRow[];
  /** The question on the card. */
  openId: string | null;
  systems: readonly NamedSystem[];
  /** What stands in the first line of a row. */
  nameOf: (question: Question) => string;
  onOpen: (question: Question) => void;
  onMove: (step: 1 | -1) => void;
  onEndReached: () => void;
};

const HEADING_PX = 28;
const ROW_PX = 52;
const NEAR_END = 20;

/** The open questions; only those in sight are drawn. Arrows move, as J and K do everywhere. */
export function QueueList(props: QueueListProps) {
  "use no memo";
  const { rows, openId, systems, nameOf, onOpen, onMove, onEndReached } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const baseId = useId();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === "heading" ? HEADING_PX : ROW_PX),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    scrollPaddingStart: HEADING_PX,
  });
  const openIndex = rows.findIndex(({ key }) => key === openId);
  useEffect(() => {
    if (openIndex >= 0) virtualizer.scrollToIndex(openIndex);
  }, [openIndex, virtualizer]);
  const last = virtualizer.range?.endIndex ?? -1;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - NEAR_END) onEndReached();
  }, [last, rows.length, onEndReached]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    if (step === undefined) return;
    event.preventDefault();
    onMove(step);
  };
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Open questions"
      aria-rowcount={rows.length}
      aria-activedescendant={openIndex < 0 ? undefined : `${baseId}-${openIndex}`}
      tabIndex={0}
      data-scroll
      onKeyDown={onKeyDown}
      className="group/grid min-h-0 flex-1 overflow-y-auto bg-panel outline-none"
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const isOpen = item.index === openIndex;
          return (
            <div
              key={item.key}
              id={`${baseId}-${item.index}`}
              role="row"
              aria-rowindex={item.index + 1}
              aria-selected={row.kind === "question" ? isOpen : undefined}
              onClick={() => row.kind === "question" && onOpen(row.question)}
              className={cx(
                "absolute inset-x-0 top-0 flex items-center border-rule/70 border-b px-4",
                row.kind === "heading" ? "bg-enamel" : "hover:bg-enamel",
                isOpen && OPEN,
              )}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              {row.kind === "heading" ? (
                <Heading label={row.label} count={row.count} />
              ) : (
                <QueueItem question={row.question} name={nameOf(row.question)} systems={systems} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** A bar of ink at the start, and the ring of the focus when the list has it. */
const OPEN =
  "bg-sunk hover:bg-sunk before:absolute before:inset-y-0 before:left-0 before:w-0.75 " +
  "before:bg-ink group-focus-visible/grid:outline-2 group-focus-visible/grid:-outline-offset-2 " +
  "group-focus-visible/grid:outline-focus";

function Heading({ label, count }: { label: string; count: number }) {
  return (
    <div role="gridcell" className="flex w-full items-center gap-2 type-small text-ink-2">
      <span className="truncate">{label}</span>
      <Count value={count} of="open" className="ml-auto" />
    </div>
  );
}
