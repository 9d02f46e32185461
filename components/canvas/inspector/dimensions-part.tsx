"use client";

import { useState } from "react";
import { type Dimension, defaultMember } from "../../../server/core/map/dimension.ts";
import type { MapDocument } from "../../../server/core/map/document.ts";
import { dimensionEdit } from "../../../server/core/map/edits/splits.ts";
import { list } from "../../../server/core/map/field-words.ts";
import { splitsOf } from "../../../server/core/map/splits.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { useEditor } from "../editor-context.ts";
import { DimensionForm } from "./dimension-form.tsx";
import { PanelPart, Sentence } from "./panel.tsx";

/** The languages, channels and markets of the whole map. */
export function DimensionsPart() {
  const { document, apply, readOnly } = useEditor();
  /** The one that is changed; "" is one that is made. */
  const [open, setOpen] = useState<string | null>(null);
  const dimensions = document.dimensions ?? [];
  const save = (dimension: Dimension) => {
    if (apply(dimensionEdit(document, dimension))) setOpen(null);
  };
  const form = (dimension: Dimension | null) => (
    <DimensionForm dimension={dimension} onSave={save} onCancel={() => setOpen(null)} />
  );
  return (
    <PanelPart title="Languages, channels, markets">
      {dimensions.length === 0 && open === null && (
        <Sentence>
          A field may have a value per language, channel or market. They are the same for all
          entities.
        </Sentence>
      )}
      <ul className="flex flex-col gap-2">
        {dimensions.map((dimension) => (
          <li key={dimension.id} className="rounded-panel border border-rule p-3">
            {open === dimension.id ? (
              form(dimension)
            ) : (
              <DimensionCard dimension={dimension} onChange={() => setOpen(dimension.id)} />
            )}
          </li>
        ))}
        {open === "" && <li className="rounded-panel border border-rule p-3">{form(null)}</li>}
      </ul>
      {open === null && (
        <Button
          size="sm"
          icon="plus"
          className="self-start"
          disabledReason={readOnly ?? undefined}
          onClick={() => setOpen("")}
        >
          Add languages, channels or markets
        </Button>
      )}
    </PanelPart>
  );
}

function DimensionCard({ dimension, onChange }: { dimension: Dimension; onChange: () => void }) {
  const { document, apply, readOnly } = useEditor();
  const { id, name, members } = dimension;
  const uses = usesOf(document, id);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <span className="min-w-0 flex-1 type-label">{name}</span>
        {readOnly === null && (
          <>
            <IconButton icon="edit" size="sm" label={`Change ${name}`} onClick={onChange} />
            <IconButton
              icon="trash"
              size="sm"
              label={`Remove ${name}`}
              disabledReason={uses.length > 0 ? `${list(uses)} has a value each` : undefined}
              onClick={() => apply({ type: "set-dimension", dimension: id, to: null })}
            />
          </>
        )}
      </div>
      <Sentence>
        {list(members.map((member) => member.name))}; {defaultMember(dimension)?.name} stands for
        all. {uses.length > 0 && `Along it: ${list(uses)}.`}
      </Sentence>
    </div>
  );
}

/** "Product › Name": what has a value per member of it. */
function usesOf({ entities }: MapDocument, id: string): string[] {
  return entities.flatMap((entity) =>
    splitsOf(entity).flatMap(([, { name, per }]) =>
      per === id ? [`${entity.name} › ${name}`] : [],
    ),
  );
}
