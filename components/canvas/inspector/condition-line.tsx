"use client";

import { OPERATOR_WORDS } from "../../../server/core/conditions/condition-words.ts";
import {
  CONDITION_OPERATORS,
  type Condition,
  type ConditionOperator,
  type Field,
  valuesOf,
} from "../../../server/core/map/document.ts";
import { Combobox } from "../../ui/combobox.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { Textarea } from "../../ui/textarea.tsx";
import { useCommitted } from "./use-committed.ts";

/** What conditions may be about: fields of an entity, or columns of an object. */
export type Subjects = readonly { value: string; label: string }[];

export const fieldSubjects = (fields: readonly Pick<Field, "id" | "name">[]): Subjects =>
  fields.map(({ id, name }) => ({ value: id, label: name }));

const OPERATORS = CONDITION_OPERATORS.map((value) => ({ value, label: OPERATOR_WORDS[value] }));

/** A condition that can be made at once, and then said better. */
export function firstCondition(of: string): Condition {
  return { of, operator: "not-blank", values: [] };
}

type ConditionLineProps = {
  condition: Condition;
  subjects: Subjects;
  isLocked: boolean;
  onChange: (condition: Condition) => void;
  /** Missing for the only one, where there must be one. */
  onRemove: (() => void) | undefined;
};

/** One condition: what is looked at, how it is compared, and with what. */
export function ConditionLine(props: ConditionLineProps) {
  const { condition, subjects, isLocked, onChange, onRemove } = props;
  const { of, operator, values } = condition;
  const name = subjects.find(({ value }) => value === of)?.label ?? of;
  // What an object no longer has is shown all the same, so that it can be replaced.
  const options = subjects.some(({ value }) => value === of)
    ? subjects
    : [...subjects, { value: of, label: of }];
  return (
    <li className="flex flex-col gap-2 rounded-panel border border-rule p-2">
      <span className="grid grid-cols-[minmax(0,1fr)_8.5rem_auto] items-center gap-1">
        <Combobox
          label="What the condition looks at"
          options={options}
          value={of}
          disabled={isLocked}
          onChange={(next) => next !== null && onChange({ ...condition, of: next })}
        />
        <Select
          label={`How ${name} is compared`}
          options={OPERATORS}
          value={operator}
          disabled={isLocked}
          onChange={(next) => onChange({ of, ...fitting(next, values) })}
        />
        {onRemove !== undefined && !isLocked && (
          <IconButton
            icon="trash"
            size="sm"
            label={`Remove the condition on ${name}`}
            onClick={onRemove}
          />
        )}
      </span>
      <ConditionValues
        {...{ condition, name, isLocked }}
        onChange={(next) => onChange({ ...condition, values: next })}
      />
    </li>
  );
}

/** The operator with as many of the values as it takes. */
function fitting(operator: ConditionOperator, values: string[]) {
  const takes = valuesOf(operator);
  if (takes === "none") return { operator, values: [] };
  return { operator, values: takes === "one" ? values.slice(0, 1) : values };
}

type ConditionValuesProps = {
  condition: Condition;
  name: string;
  isLocked: boolean;
  onChange: (values: string[]) => void;
};

function ConditionValues({ condition, name, isLocked, onChange }: ConditionValuesProps) {
  const { operator, values } = condition;
  const takes = valuesOf(operator);
  const typed = useCommitted(values.join("\n"), (text) =>
    onChange(takes === "one" ? [text] : text.split("\n").filter((line) => line !== "")),
  );
  if (takes === "none") return null;
  const label = `What ${name} is compared with`;
  const shared = { value: typed.value, onChange: typed.change, onBlur: typed.flush };
  return takes === "one" ? (
    <Input mono aria-label={label} disabled={isLocked} {...shared} />
  ) : (
    <Textarea mono aria-label={label} placeholder="One per line" disabled={isLocked} {...shared} />
  );
}
