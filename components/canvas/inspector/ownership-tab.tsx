"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { POLICIES } from "../../../server/core/conflicts/policies/registry.ts";
import {
  type Field as MapField,
  type OwnershipRule,
  POLICY_KINDS,
  type Policy,
  type Rights,
} from "../../../server/core/map/document.ts";
import { meetingEdit, ownerEdit } from "../../../server/core/map/edits/decide.ts";
import {
  deciderOf,
  list,
  policyWords,
  togetherWords,
} from "../../../server/core/map/field-words.ts";
import { type Decided, isGroupPolicy } from "../../../server/core/map/groups.ts";
import type { FieldType } from "../../../server/core/values/field-value.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Field } from "../../ui/field.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { Select } from "../../ui/select.tsx";
import { useEditor } from "../editor-context.ts";
import { fieldOf } from "../gestures/row-acts.ts";
import { CasesPart } from "./cases-part.tsx";
import { useForWhom } from "./for-whom.tsx";
import { LimitsPart, type RightsProps } from "./limits-part.tsx";
import { OwnersPart } from "./owners-part.tsx";
import { PanelPart, Sentence } from "./panel.tsx";
import { withoutCase, withRights } from "./tiers.ts";

/** Apart, for it brings the language of expressions with it. */
const ExpressionForm = dynamic(() =>
  import("./policy-expression-form.tsx").then((part) => part.PolicyExpressionForm),
);

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
  return <OwnershipOf key={field.id} field={field} />;
}

function OwnershipOf({ field }: { field: MapField }) {
  const { document, entity } = useEditor();
  const forWhom = useForWhom(field, ["ownership", "policy"]);
  const decided = forWhom.all ?? deciderOf(document, entity.id, field);
  return (
    <>
      {forWhom.part}
      <Ownership key={`${decided.id} ${decided.forAll}`} decided={decided} />
    </>
  );
}

function Ownership({ decided }: { decided: Decided }) {
  const { apply, document, entity } = useEditor();
  const [shown, show] = useState<number | null>(null);
  const rule = decided.ownership;
  const at = shown === null || rule?.cases?.[shown] === undefined ? null : shown;
  const rights: Rights | undefined = at === null ? rule : rule?.cases?.[at];
  const set = (ownership: OwnershipRule | null) =>
    apply(ownerEdit(document, entity, decided, ownership));
  const change = (next: Rights | null) => {
    if (at === null || rule === undefined) set(next);
    else set(next === null ? withoutCase(rule, at) : withRights(rule, at, next));
  };
  return (
    <>
      {decided.group && <TogetherPart decided={decided} />}
      {rule !== undefined && <CasesPart {...{ rule, shown: at, show, set }} />}
      <OwnersPart {...{ decided, rights }} onChange={change} />
      {rights !== undefined && <LimitsPart rights={rights} onChange={change} />}
      {rights !== undefined && <RefusedPart rights={rights} onChange={change} />}
      <PolicyPart decided={decided} />
    </>
  );
}

/** Which fields are decided by what is said below. */
function TogetherPart({ decided }: { decided: Decided }) {
  const { entity, select } = useEditor();
  return (
    <PanelPart title={decided.name}>
      <Sentence>
        {togetherWords(entity, decided)}: what is said here holds for all of them, and nothing is
        taken of one side without the rest.
      </Sentence>
      <Button
        size="sm"
        className="self-start"
        onClick={() => select({ kind: "entity" }, "mapping")}
      >
        Change the group
      </Button>
    </PanelPart>
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

function PolicyPart({ decided }: { decided: Decided }) {
  const { apply, document, entity, readOnly } = useEditor();
  const { policy } = decided;
  const field = entity.fields.find(({ id }) => id === decided.fields[0]);
  const set = (next: Policy) => apply(meetingEdit(document, entity, decided, next));
  const options = POLICY_KINDS.map((kind) => {
    const { title, sentence, types } = POLICIES[kind];
    const unfit = decided.group ? unfitForGroup(kind) : unfitFor(types, field?.type);
    return { value: kind, label: title, hint: unfit ?? sentence, disabled: unfit !== null };
  });
  return (
    <PanelPart title="Two edits at once">
      <Field label="When two edits of equal rank meet">
        <Select
          options={options}
          value={policy.kind}
          disabled={readOnly !== null}
          onChange={(kind) => set(chosen(kind))}
        />
      </Field>
      {policy.kind === "expression" && field !== undefined && (
        <ExpressionForm
          key={field.id}
          text={policy.expression}
          onChange={(expression) => set({ kind: "expression", expression })}
          {...{ field, fields: entity.fields, isLocked: readOnly !== null }}
        />
      )}
      <Sentence>{`${capital(policyWords(policy))}.`}</Sentence>
    </PanelPart>
  );
}

/** What is chosen, as it begins: an expression asks a person until somebody writes another one. */
const chosen = (kind: Policy["kind"]): Policy =>
  kind === "expression" ? { kind, expression: "ask()" } : { kind };

/** Why a policy cannot decide the field; null where it can. */
function unfitFor(
  types: readonly FieldType[] | undefined,
  type: FieldType | undefined,
): string | null {
  const isFit = types === undefined || type === undefined || types.includes(type);
  return isFit ? null : `only for ${list(types)}`;
}

const unfitForGroup = (kind: Policy["kind"]): string | null =>
  isGroupPolicy(kind) ? null : "only for one field";

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
