"use client";

import type { Binding, Edge, Field } from "../../../server/core/map/document.ts";
import { likeness } from "../../../server/core/suggest/likeness.ts";
import { Combobox } from "../../ui/combobox.tsx";
import { Icon } from "../../ui/icon.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import { useEditor } from "../editor-context.ts";
import { bulletRole, partsOf } from "../parts.ts";
import { SuggestButton } from "../suggest/suggest-button.tsx";
import { FieldSettings } from "./field-settings.tsx";
import { PanelPart } from "./panel.tsx";
import { PerPart } from "./per-part.tsx";

/** A field of the entity: where its values come from and go to, and what it is. */
export function FieldPanel({ field }: { field: Field }) {
  const { document, entity } = useEditor();
  const bindings = document.bindings.filter((binding) => binding.entity === entity.id);
  const isOpen = bindings.some(
    ({ edges }) => !edges.some(({ fields }) => fields.includes(field.id)),
  );
  return (
    <>
      <PanelPart
        title="Where it comes from and goes to"
        action={
          isOpen && <SuggestButton target={{ kind: "field", field: field.id, binding: null }} />
        }
      >
        <ul className="flex flex-col gap-2">
          {bindings.map((binding) => (
            <BindingLine key={binding.id} {...{ binding, field }} />
          ))}
        </ul>
        {bindings.length === 0 && (
          <p className="type-body text-ink-2">No object is connected to {entity.name} yet.</p>
        )}
      </PanelPart>
      <FieldSettings field={field} />
      <PerPart field={field} />
    </>
  );
}

/** What one system has of the field; a place to join a column where it has nothing. */
function BindingLine({ binding, field }: { binding: Binding; field: Field }) {
  const { document, entity, schemaOf, select, join, readOnly } = useEditor();
  const system = document.systems.find(({ id }) => id === binding.system);
  const part = partsOf(document, entity.id, field).get(binding.system) ?? "none";
  const edges = binding.edges.filter(({ fields }) => fields.includes(field.id));
  const columns = (schemaOf(binding)?.columns ?? []).toSorted(
    (a, b) => likeness(b.name, field.name) - likeness(a.name, field.name),
  );
  return (
    <li className="flex min-h-8 items-center gap-2">
      <span className="flex w-6 shrink-0 justify-center">
        {system && <LineBullet system={system} as={bulletRole(part)} size={20} />}
      </span>
      <span className="flex min-w-0 flex-1 flex-col">
        {edges.map((edge) => (
          <button
            key={edge.id}
            type="button"
            onClick={() => select({ kind: "edge", binding: binding.id, edge: edge.id }, "mapping")}
            className="flex min-h-7 min-w-0 items-center gap-2 text-left hover:underline"
          >
            <DirectionMark direction={edge.direction} />
            <span className="truncate type-label">{edge.columns.join(", ")}</span>
            {edge.steps.length > 0 && (
              <span className="type-small text-ink-2">{stepCount(edge)}</span>
            )}
          </button>
        ))}
        {edges.length === 0 && (
          <Combobox
            label={`Column of ${system?.name ?? binding.system}`}
            placeholder={`Join a column of ${system?.name ?? binding.system}`}
            disabled={readOnly !== null}
            options={columns.map(({ name, type }) => ({ value: name, label: name, hint: type }))}
            value={null}
            onChange={(column) =>
              column !== null && join({ binding: binding.id, column, field: field.id })
            }
          />
        )}
      </span>
    </li>
  );
}

function stepCount({ steps }: Edge): string {
  return steps.length === 1 ? "1 step" : `${steps.length} steps`;
}

const MARKS = {
  both: { icons: ["arrow-left", "arrow-right"], name: "both ways" },
  in: { icons: ["arrow-right"], name: "only read" },
  out: { icons: ["arrow-left"], name: "only written" },
} as const;

/** Which way values go: right is into the hub. */
function DirectionMark({ direction }: { direction: Edge["direction"] }) {
  const { icons, name } = MARKS[direction];
  return (
    <span title={name} className="flex w-7 shrink-0 justify-center text-ink-2">
      {icons.map((icon) => (
        <Icon key={icon} name={icon} size={14} />
      ))}
      <span className="sr-only">{name}</span>
    </span>
  );
}
