"use client";

import type { Binding } from "../../../server/core/map/document.ts";
import type { Edit } from "../../../server/core/map/edits/edit.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useEditor } from "../editor-context.ts";
import { planConnection } from "../gestures/connect.ts";
import { type Suggestion, suggestPairs } from "../gestures/new-things.ts";
import { PanelPart, Sentence } from "./panel.tsx";

/** Columns that look like fields: one by one, or all that are listed. What is mapped stays. */
export function SuggestionsPart({ binding }: { binding: Binding }) {
  const { document, entity, schemaOf, apply, readOnly } = useEditor();
  const schema = schemaOf(binding);
  const pairs = suggestPairs(entity, binding, schema);
  if (pairs.length === 0) return null;
  const editOf = (pair: Suggestion): Edit[] => {
    const joint = { binding: binding.id, column: pair.column, field: pair.field };
    const plan = planConnection(document, schemaOf, joint);
    return plan.kind === "free" ? [plan.way.edit] : [];
  };
  const joinAll = () => {
    const label = `Map ${pairs.length} columns of ${binding.object}`;
    apply({ type: "batch", label, edits: pairs.flatMap(editOf) });
  };
  return (
    <PanelPart
      title="Likely pairs"
      action={
        <Button size="sm" onClick={joinAll} disabledReason={readOnly ?? undefined}>
          Map all {pairs.length}
        </Button>
      }
    >
      <ul className="flex flex-col">
        {pairs.map((pair) => (
          <li key={pair.column} className="flex min-h-8 items-center gap-2">
            <span className="min-w-0 flex-1 truncate type-label">{pair.column}</span>
            <Icon name="arrow-right" size={14} className="text-ink-3" />
            <span className="min-w-0 flex-1 truncate type-label">
              {entity.fields.find(({ id }) => id === pair.field)?.name}
            </span>
            <Button
              size="sm"
              variant="quiet"
              aria-label={`Map ${pair.column}`}
              disabledReason={readOnly ?? undefined}
              onClick={() => {
                const [edit] = editOf(pair);
                if (edit !== undefined) apply(edit);
              }}
            >
              Map
            </Button>
          </li>
        ))}
      </ul>
      <Sentence>By their names alone. Look at the values before you publish.</Sentence>
    </PanelPart>
  );
}
