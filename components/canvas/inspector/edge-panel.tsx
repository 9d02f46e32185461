"use client";

import dynamic from "next/dynamic";
import type { Binding, Edge, FieldMassLimits } from "../../../server/core/map/document.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { useEditor } from "../editor-context.ts";
import { SuggestedPart } from "../suggest/suggested-part.tsx";
import { BreaksPart } from "./breaks-part.tsx";
import { EdgeEnds } from "./edge-ends.tsx";
import { MassChangePart, ofField } from "./mass-change-part.tsx";
import { PanelPart, Sentence } from "./panel.tsx";
import { RefersByPart } from "./refers-by-part.tsx";

/** Apart, for they bring every transform and the tables that they know with them. */
const StepsPart = dynamic(() => import("./steps-part.tsx").then((part) => part.StepsPart));
const RoundTripPart = dynamic(() =>
  import("./round-trip-part.tsx").then((part) => part.RoundTripPart),
);

type EdgePanelProps = { binding: Binding; edge: Edge };

const DIRECTIONS = [
  { value: "both", label: "Both ways" },
  { value: "in", label: "Only read" },
  { value: "out", label: "Only write" },
] as const;

const DIRECTION_WORDS: Record<Edge["direction"], string> = {
  both: "Edits in the system reach the hub, and the hub's value is written back.",
  in: "Edits in the system reach the hub. Nothing is written to these columns.",
  out: "The hub's value is written. What the system holds there decides nothing.",
};

type Changes = Partial<Pick<Edge, "columns" | "fields" | "direction" | "steps">> & {
  readonly massChange?: FieldMassLimits | null;
  readonly refersBy?: string[] | null;
};

/** One line: what it joins, which way, through which steps, and whether values come back. */
export function EdgePanel({ binding, edge }: EdgePanelProps) {
  const { apply, readOnly, select } = useEditor();
  const change = (changes: Changes) =>
    apply({ type: "change-edge", binding: binding.id, edge: edge.id, changes });
  const unmap = () => {
    const isDone = apply({ type: "disconnect", binding: binding.id, edge: edge.id });
    const [field] = edge.fields;
    if (isDone && field !== undefined) select({ kind: "field", field }, "mapping");
  };
  return (
    <>
      <SuggestedPart {...{ binding, edge }} />
      <PanelPart title="Which way">
        <Segmented
          label="Which way"
          options={DIRECTIONS}
          value={edge.direction}
          onChange={(direction) => readOnly === null && change({ direction })}
        />
        <Sentence>{DIRECTION_WORDS[edge.direction]}</Sentence>
      </PanelPart>
      <RefersByPart {...{ binding, edge }} onChange={(refersBy) => change({ refersBy })} />
      <StepsPart {...{ binding, edge }} onChange={(steps) => change({ steps })} />
      <RoundTripPart {...{ binding, edge }} />
      <BreaksPart key={edge.id} {...{ binding, edge }} />
      {edge.direction !== "out" && (
        <MassChangePart
          isOfField
          limits={edge.massChange}
          usual={binding.massChange}
          onChange={(limits) =>
            readOnly === null && change({ massChange: limits === null ? null : ofField(limits) })
          }
        />
      )}
      <EdgeEnds {...{ binding, edge }} onChange={change} />
      <div className="px-4 py-4">
        <Button
          variant="danger"
          icon="unlink"
          keys="delete"
          onClick={unmap}
          disabledReason={readOnly ?? undefined}
        >
          Take this line away
        </Button>
      </div>
    </>
  );
}
