"use client";

import { useState } from "react";
import type { Dimension } from "../../../server/core/map/dimension.ts";
import type { Field } from "../../../server/core/map/document.ts";
import type { Edit } from "../../../server/core/map/edits/edit.ts";
import { splitFromField } from "../../../server/core/map/edits/split-from-field.ts";
import { dimensionEdit, splitEdit, splitEnd } from "../../../server/core/map/edits/splits.ts";
import {
  dimensionById,
  fieldsOfSplit,
  memberName,
  splitById,
} from "../../../server/core/map/splits.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { Field as FormField } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { useEditor } from "../editor-context.ts";
import { DimensionForm } from "./dimension-form.tsx";
import { PanelPart, Sentence } from "./panel.tsx";

/** Whether the field has one value or one per language; and the fields of one that has. */
export function PerPart({ field }: { field: Field }) {
  return field.split === undefined ? <OneValue field={field} /> : <Siblings field={field} />;
}

/** In the place of a dimension: one that is still to be made. */
const NEW = "+";

function OneValue({ field }: { field: Field }) {
  const { document, entity, apply, readOnly } = useEditor();
  const [makes, setMakes] = useState(false);
  const dimensions = document.dimensions ?? [];
  const divide = (dimension: Dimension, edits: readonly Edit[] = []) => {
    const change = splitFromField(entity, field, dimension);
    if (change === null) return;
    // The new dimension is not in the draft yet, and its members are all that is asked of it.
    const map = { ...document, dimensions: [dimension] };
    const divided = splitEdit(map, entity, change);
    const label = `Give ${change.to.name} a value per ${dimension.name}`;
    if (apply({ type: "batch", label, edits: [...edits, divided] })) setMakes(false);
  };
  const options = [
    { value: "", label: "One" },
    ...dimensions.map(({ id, name }) => ({ value: id, label: `One per ${name}` })),
    { value: NEW, label: "One per language, channel or market …" },
  ];
  return (
    <PanelPart title="How many values it has">
      <FormField label="Values">
        <Select
          options={options}
          value={makes ? NEW : ""}
          disabled={readOnly !== null}
          onChange={(id) => {
            setMakes(id === NEW);
            const dimension = dimensionById(document, id);
            if (dimension !== undefined) divide(dimension);
          }}
        />
      </FormField>
      {makes && (
        <DimensionForm
          dimension={null}
          onCancel={() => setMakes(false)}
          onSave={(dimension) => divide(dimension, [dimensionEdit(document, dimension)])}
        />
      )}
    </PanelPart>
  );
}

/** The fields of its split, each of which can be gone to. */
function Siblings({ field }: { field: Field }) {
  const { document, entity, apply, readOnly, select } = useEditor();
  const id = field.split?.of ?? "";
  const split = splitById(entity, id);
  if (split === undefined) return null;
  const dimension = dimensionById(document, split.per);
  return (
    <PanelPart title={`One value per ${dimension?.name ?? split.per}`}>
      <ul className="flex flex-col">
        {fieldsOfSplit(entity, id).map((one) => (
          <li key={one.id}>
            <button
              type="button"
              aria-current={one.id === field.id}
              onClick={() => select({ kind: "field", field: one.id }, "mapping")}
              className={cx(
                "flex min-h-8 w-full items-center justify-between gap-2 text-left type-label",
                "hover:underline aria-[current=true]:text-ink",
                one.id !== field.id && "text-ink-2",
              )}
            >
              {memberName(document, split, one)}
              <span className="truncate type-value text-ink-2">{one.id}</span>
            </button>
          </li>
        ))}
      </ul>
      <Sentence>
        Each has edges, an owner and questions of its own. {dimension?.name ?? split.per} is set
        with {entity.name} as a whole.
      </Sentence>
      <Button
        size="sm"
        variant="quiet"
        className="self-start"
        disabledReason={readOnly ?? undefined}
        onClick={() => apply(splitEnd(entity, id, "keep"))}
      >
        Make them fields by themselves
      </Button>
    </PanelPart>
  );
}
