"use client";

import {
  type Binding,
  CONDITION_OPERATORS,
  type ConditionOperator,
  type Scope,
  type ScopeCondition,
  valuesOf,
} from "../../../server/core/map/document.ts";
import { OPERATOR_WORDS, scopeWords } from "../../../server/core/scope/scope-words.ts";
import { Combobox } from "../../ui/combobox.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { Select } from "../../ui/select.tsx";
import { Textarea } from "../../ui/textarea.tsx";
import { useEditor } from "../editor-context.ts";
import { PanelPart, Sentence } from "./panel.tsx";
import { useCommitted } from "./use-committed.ts";

const MATCHES = [
  { value: "all", label: "All of them hold" },
  { value: "any", label: "Any of them holds" },
] as const;

const LEFT = [
  { value: "stop", label: "Stop syncing it", hint: "Nothing is touched on either side." },
  { value: "gone", label: "Take it for gone", hint: "As if it had been deleted here." },
] as const;

/** Which rows of the object are synced at all. */
export function ScopePart({ binding }: { binding: Binding }) {
  const { apply, readOnly, schemaOf } = useEditor();
  const { scope } = binding;
  const isLocked = readOnly !== null;
  const set = (next: Scope | null) =>
    apply({ type: "change-binding", binding: binding.id, changes: { scope: next } });
  const setConditions = (conditions: ScopeCondition[]) =>
    set(conditions.length === 0 ? null : { ...EVERYTHING, ...scope, conditions });
  const conditions = scope?.conditions ?? [];
  const columns = schemaOf(binding)?.columns.map(({ name }) => name) ?? [];
  const options = columns.map((name) => ({ value: name, label: name }));
  return (
    <PanelPart title="Which rows">
      <Sentence>{`${scopeWords(scope)}.`.replace(/^./, (first) => first.toUpperCase())}</Sentence>
      <ul className="flex flex-col gap-2">
        {conditions.map((condition, at) => (
          <ConditionCard
            // Two conditions may look at one column: they differ by their place alone.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={`${at} ${condition.column} ${condition.operator}`}
            {...{ condition, isLocked }}
            onChange={(next) => setConditions(conditions.with(at, next))}
            onRemove={() => setConditions(conditions.toSpliced(at, 1))}
          />
        ))}
      </ul>
      {!isLocked && (
        <Combobox
          label="Add a condition"
          placeholder="Only rows where a column …"
          options={options}
          value={null}
          onChange={(column) =>
            column !== null &&
            setConditions([...conditions, { column, operator: "not-blank", values: [] }])
          }
        />
      )}
      {scope !== undefined && conditions.length > 1 && (
        <RadioGroup
          label="A row is synced when"
          options={MATCHES}
          value={scope.match}
          onChange={(match) => !isLocked && set({ ...scope, match })}
        />
      )}
      {scope !== undefined && (
        <RadioGroup
          label="A row leaves"
          options={LEFT}
          value={scope.whenLeft}
          onChange={(whenLeft) => !isLocked && set({ ...scope, whenLeft })}
        />
      )}
    </PanelPart>
  );
}

const EVERYTHING: Omit<Scope, "conditions"> = { match: "all", whenLeft: "stop" };

const OPERATORS = CONDITION_OPERATORS.map((value) => ({ value, label: OPERATOR_WORDS[value] }));

type ConditionCardProps = {
  condition: ScopeCondition;
  isLocked: boolean;
  onChange: (condition: ScopeCondition) => void;
  onRemove: () => void;
};

function ConditionCard({ condition, isLocked, onChange, onRemove }: ConditionCardProps) {
  const { column, operator, values } = condition;
  return (
    <li className="flex flex-col gap-2 rounded-panel border border-rule p-3">
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate type-value">{column}</span>
        <Select
          label={`How ${column} is compared`}
          options={OPERATORS}
          value={operator}
          disabled={isLocked}
          onChange={(next) => onChange({ ...condition, ...fitting(next, values) })}
          className="w-32"
        />
        {!isLocked && (
          <IconButton
            icon="trash"
            size="sm"
            label={`Remove the condition on ${column}`}
            onClick={onRemove}
          />
        )}
      </div>
      <ConditionValues
        {...{ condition, isLocked }}
        onChange={(next) => onChange({ ...condition, values: next })}
      />
    </li>
  );
}

/** The operator with as many of the values as it takes. */
function fitting(operator: ConditionOperator, values: string[]) {
  const takes = valuesOf(operator);
  if (takes === "none") return { operator, values: [] };
  return { operator, values: takes === "one" ? [values[0] ?? ""] : values };
}

type ConditionValuesProps = {
  condition: ScopeCondition;
  isLocked: boolean;
  onChange: (values: string[]) => void;
};

function ConditionValues({ condition, isLocked, onChange }: ConditionValuesProps) {
  const { column, operator, values } = condition;
  const takes = valuesOf(operator);
  const typed = useCommitted(values.join("\n"), (text) =>
    onChange(takes === "one" ? [text] : text.split("\n").filter((line) => line !== "")),
  );
  if (takes === "none") return null;
  const label = `What ${column} is compared with`;
  const shared = { value: typed.value, onChange: typed.change, onBlur: typed.flush };
  return takes === "one" ? (
    <Input mono aria-label={label} disabled={isLocked} {...shared} />
  ) : (
    <Textarea mono aria-label={label} placeholder="One per line" disabled={isLocked} {...shared} />
  );
}
