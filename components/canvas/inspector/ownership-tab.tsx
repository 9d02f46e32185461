"use client";

import { useState } from "react";
import { POLICIES } from "../../../server/core/conflicts/policies/registry.ts";
import {
  type Field as MapField,
  type OwnershipRule,
  POLICY_KINDS,
  type Rights,
} from "../../../server/core/map/document.ts";
import { list, policyWords } from "../../../server/core/map/field-words.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { Select } from "../../ui/select.tsx";
import { useEditor } from "../editor-context.ts";
import { fieldOf } from "../gestures/row-acts.ts";
import { CasesPart } from "./cases-part.tsx";
import { LimitsPart, type RightsProps } from "./limits-part.tsx";
import { OwnersPart } from "./owners-part.tsx";
import { PanelPart, Sentence } from "./panel.tsx";
import { withoutCase, withRights } from "./tiers.ts";

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
  return <FieldOwnership key={field.id} field={field} />;
}

function FieldOwnership({ field }: { field: MapField }) {
  const { apply, entity } = useEditor();
  const [shown, show] = useState<number | null>(null);
  const rule = field.ownership;
  const at = shown === null || rule?.cases?.[shown] === undefined ? null : shown;
  const rights: Rights | undefined = at === null ? rule : rule?.cases?.[at];
  const set = (ownership: OwnershipRule | null) =>
    apply({ type: "set-ownership", entity: entity.id, field: field.id, ownership });
  const change = (next: Rights | null) => {
    if (at === null || rule === undefined) set(next);
    else set(next === null ? withoutCase(rule, at) : withRights(rule, at, next));
  };
  return (
    <>
      {rule !== undefined && <CasesPart {...{ rule, shown: at, show, set }} />}
      <OwnersPart {...{ field, rights }} onChange={change} />
      {rights !== undefined && <LimitsPart rights={rights} onChange={change} />}
      {rights !== undefined && <RefusedPart rights={rights} onChange={change} />}
      <PolicyPart field={field} />
    </>
  );
}

const ENDS = [
  { value: "revert", label: "Set it back", hint: "The owner's value is written there again." },
  { value: "keep-apart", label: "Keep it apart", hint: "That system keeps its own value." },
  { value: "review", label: "Ask", hint: "The edit waits in the queue for a decision." },
] as const;

function RefusedPart({ rights, onChange }: RightsProps) {
  const { readOnly } = useEditor();
  return (
    <PanelPart title="Edits by others">
      <RadioGroup
        label="An edit that may not decide"
        options={ENDS}
        value={rights.refused}
        onChange={(refused) => {
          if (readOnly === null) onChange({ ...rights, refused });
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
    const hint = isFit ? sentence : `only for ${list(types)}`;
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
