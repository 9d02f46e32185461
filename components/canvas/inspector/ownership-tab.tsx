"use client";

import { POLICIES } from "../../../server/core/conflicts/policies/registry.ts";
import { type Field as MapField, POLICY_KINDS } from "../../../server/core/map/document.ts";
import { policyWords } from "../../../server/core/map/field-words.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { Select } from "../../ui/select.tsx";
import { useEditor } from "../editor-context.ts";
import { fieldOf } from "../gestures/row-acts.ts";
import { LimitsPart } from "./limits-part.tsx";
import { OwnersPart } from "./owners-part.tsx";
import { PanelPart, Sentence } from "./panel.tsx";

/** Who decides the field, what any other edit gets, and what breaks a tie. */
export function OwnershipTab() {
  const { document, entity, selection } = useEditor();
  const field = fieldOf(document, entity, selection);
  if (field === null) {
    return (
      <EmptyState icon="key" title="Choose a field">
        Ownership is set for each field: choose one in the middle of the canvas, or a line to it.
      </EmptyState>
    );
  }
  return (
    <>
      <OwnersPart field={field} />
      {field.ownership !== undefined && <LimitsPart field={field} rule={field.ownership} />}
      {field.ownership !== undefined && <RefusedPart field={field} rule={field.ownership} />}
      <PolicyPart field={field} />
    </>
  );
}

const ENDS = [
  { value: "revert", label: "Set it back", hint: "The owner's value is written there again." },
  { value: "keep-apart", label: "Keep it apart", hint: "That system keeps its own value." },
  { value: "review", label: "Ask", hint: "The edit waits in the queue for a decision." },
] as const;

type RefusedProps = { field: MapField; rule: NonNullable<MapField["ownership"]> };

function RefusedPart({ field, rule }: RefusedProps) {
  const { apply, entity, readOnly } = useEditor();
  return (
    <PanelPart title="Edits by others">
      <RadioGroup
        label="An edit that may not decide"
        options={ENDS}
        value={rule.refused}
        onChange={(refused) => {
          if (readOnly !== null) return;
          const ownership = { ...rule, refused };
          apply({ type: "set-ownership", entity: entity.id, field: field.id, ownership });
        }}
      />
      <Sentence>Whatever its end, the refused value is in the audit log.</Sentence>
    </PanelPart>
  );
}

function PolicyPart({ field }: { field: MapField }) {
  const { apply, entity, readOnly } = useEditor();
  const options = POLICY_KINDS.map((kind) => {
    const { title, sentence, types } = POLICIES[kind];
    const isFit = types === undefined || types.includes(field.type);
    const hint = isFit ? sentence : `only for ${types.join(" and ")}`;
    return { value: kind, label: title, hint, disabled: !isFit };
  });
  return (
    <PanelPart title="Two edits at once">
      <Field label="When two edits of equal rank meet">
        <Select
          options={options}
          value={field.policy.kind}
          disabled={readOnly !== null}
          onChange={(kind) =>
            apply({
              ...{ type: "set-policy", entity: entity.id, field: field.id },
              policy: { kind },
            })
          }
        />
      </Field>
      <Sentence>{`${capital(policyWords(field.policy))}.`}</Sentence>
    </PanelPart>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
