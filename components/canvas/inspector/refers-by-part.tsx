"use client";

import type { Binding, Edge } from "../../../server/core/map/document.ts";
import { Combobox } from "../../ui/combobox.tsx";
import { Field } from "../../ui/field.tsx";
import { useEditor } from "../editor-context.ts";
import { type NameWay, referredObject, waysToRefer } from "../gestures/refers-by.ts";
import { PanelPart } from "./panel.tsx";

type RefersByPartProps = {
  binding: Binding;
  edge: Edge;
  onChange: (refersBy: string[] | null) => void;
};

const KEY = "";

/** By which columns of the other object a reference names its row: mostly by those of its key. */
export function RefersByPart({ binding, edge, onChange }: RefersByPartProps) {
  const { document, schemaOf, readOnly } = useEditor();
  const object = referredObject({ document, binding, edge, schemaOf });
  if (object === null && edge.refersBy === undefined) return null;
  const count = edge.steps.length > 0 ? 1 : edge.columns.length;
  const ways = object === null ? [] : waysToRefer(object, count);
  const chosen = edge.refersBy?.join(", ") ?? KEY;
  const options = [
    { value: KEY, label: `Its key${object === null ? "" : `, ${object.key.join(", ")}`}` },
    ...ways.map(optionOf),
  ];
  // One that the object has no more is shown all the same: the check says what is wrong with it.
  if (!options.some(({ value }) => value === chosen))
    options.push({ value: chosen, label: chosen });
  return (
    <PanelPart title="Which row it means">
      <Field
        label="Refers by"
        hint={`The column of ${object?.name ?? "the other object"} whose value stands here.`}
      >
        <Combobox
          label="Refers by"
          options={options}
          value={chosen}
          disabled={readOnly !== null}
          onChange={(value) => {
            const way = ways.find(({ columns }) => columns.join(", ") === value);
            onChange(way === undefined ? null : [...way.columns]);
          }}
        />
      </Field>
    </PanelPart>
  );
}

function optionOf({ columns, isUnique }: NameWay) {
  const name = columns.join(", ");
  const hint = isUnique ? "No two rows share it." : "Several rows may share it: then it waits.";
  return { value: name, label: name, hint };
}
