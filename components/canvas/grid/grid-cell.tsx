"use client";

import type { Binding, Edge, Field } from "../../../server/core/map/document.ts";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import { useCanvas } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { systemNode } from "../flow-types.ts";
import { SuggestedMark } from "../nodes/row-mark.tsx";
import { bulletRole, partsOf } from "../parts.ts";
import { isPicked } from "../picks/picks.ts";
import { CellEditor } from "./cell-editor.tsx";
import { CELL, cellGround, SampleText } from "./grid-heads.tsx";
import type { At } from "./use-grid-keys.ts";

type GridCellProps = {
  binding: Binding;
  field: Field;
  row: number;
  column: number;
  tabIndex: number;
  onFocus: (at: At) => void;
  /** A column is being chosen in it. */
  isEdited: boolean;
  onEdit: (isEdited: boolean) => void;
};

/** What one system has of one field: its columns, which way, through how many steps. */
export function GridCell(props: GridCellProps) {
  const { binding, field, row, column, tabIndex, onFocus, isEdited, onEdit } = props;
  const { select, readOnly } = useEditor();
  const edges = binding.edges.filter(({ fields }) => fields.includes(field.id));
  const isSelected = useCanvas(
    ({ selection }) =>
      selection.kind === "edge" &&
      selection.binding === binding.id &&
      edges.some(({ id }) => id === selection.edge),
  );
  const node = systemNode(binding.id);
  const columns = edges.flatMap((edge) => edge.columns);
  const isChosen = useCanvas(({ picked }) =>
    columns.some((column) => isPicked(picked, { node, row: column })),
  );
  const open = () => {
    const [edge] = edges;
    if (edge !== undefined) select({ kind: "edge", binding: binding.id, edge: edge.id }, "mapping");
    else if (readOnly === null) onEdit(true);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid listens to the keys of all its cells
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: it is edited
      role="gridcell"
      data-at={`${row} ${column}`}
      tabIndex={tabIndex}
      aria-selected={isSelected || isChosen}
      onFocus={(event) => event.target === event.currentTarget && onFocus({ row, column })}
      onClick={() => !isEdited && open()}
      className={cx(
        CELL,
        "h-8 max-w-72 px-3",
        isEdited ? "bg-panel" : cellGround(isSelected, isChosen),
      )}
    >
      {isEdited ? (
        <CellEditor {...{ binding, field }} onClose={() => onEdit(false)} />
      ) : (
        <CellContent {...{ binding, field, edges }} />
      )}
    </td>
  );
}

type ContentProps = { binding: Binding; field: Field; edges: readonly Edge[] };

function CellContent({ binding, field, edges }: ContentProps) {
  const { document, entity, readOnly, draft } = useEditor();
  const part = partsOf(document, entity.id, field).get(binding.system) ?? "none";
  const system = document.systems.find(({ id }) => id === binding.system);
  const values = useCanvas((state) => state.sample.values[systemNode(binding.id)]);
  if (edges.length === 0) {
    return (
      <span className="flex items-center gap-1 type-small text-ink-3">
        {readOnly === null ? (
          <>
            <Icon name="plus" size={14} /> Join a column
          </>
        ) : (
          "Not mapped"
        )}
      </span>
    );
  }
  return (
    <span className="flex flex-col">
      {edges.map((edge) => (
        <span key={edge.id} className="flex min-w-0 items-center gap-2">
          <span className="flex w-7 shrink-0">
            {system && <LineBullet system={system} as={bulletRole(part)} />}
          </span>
          <Direction direction={edge.direction} />
          <span className="min-w-0 flex-1 truncate type-label">{edge.columns.join(", ")}</span>
          {edge.steps.length > 0 && (
            <span className="rounded-bullet border border-rule px-1 type-small text-ink-2">
              {edge.steps.length === 1 ? "1 step" : `${edge.steps.length} steps`}
            </span>
          )}
          {draft.suggested.some((one) => one.binding === binding.id && one.edge === edge.id) && (
            <>
              <SuggestedMark />
              <span className="sr-only">suggested, not confirmed</span>
            </>
          )}
          <SampleText value={values?.[edge.columns[0] ?? ""]} />
        </span>
      ))}
    </span>
  );
}

const DIRECTIONS = {
  both: { signs: ["arrow-left", "arrow-right"], name: "both ways" },
  in: { signs: ["arrow-left"], name: "only read" },
  out: { signs: ["arrow-right"], name: "only written" },
} as const;

/** Left is into the hub: the fields stand at the left. */
function Direction({ direction }: { direction: Edge["direction"] }) {
  const { signs, name } = DIRECTIONS[direction];
  return (
    <span title={name} className="flex w-6 shrink-0 justify-center text-ink-2">
      {signs.map((sign) => (
        <Icon key={sign} name={sign} size={12} />
      ))}
      <span className="sr-only">{name}</span>
    </span>
  );
}
