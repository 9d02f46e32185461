"use client";

import type { Condition, Field } from "../../../server/core/map/document.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Select } from "../../ui/select.tsx";
import { useEditor } from "../editor-context.ts";
import { CommittedInput } from "./committed-input.tsx";

const KINDS = [
  { value: "one-of", label: "is one of" },
  { value: "none-of", label: "is none of" },
  { value: "at-least", label: "is at least" },
  { value: "at-most", label: "is at most" },
  { value: "present", label: "has a value" },
  { value: "blank", label: "is blank" },
] as const satisfies readonly { value: Condition["is"]; label: string }[];

/** A condition that can be made at once, and then said better. */
export function firstCondition(fields: readonly Field[]): Condition {
  return { field: fields[0]?.id ?? "", is: "present" };
}

type ConditionLineProps = {
  condition: Condition;
  isLocked: boolean;
  onChange: (condition: Condition) => void;
  /** Missing for the only one: a case without a condition would be none. */
  onRemove: (() => void) | undefined;
};

/** One condition: a field, how it is compared, and with what. */
export function ConditionLine({ condition, isLocked, onChange, onRemove }: ConditionLineProps) {
  const { entity } = useEditor();
  const { field, is } = condition;
  return (
    <li className="flex flex-col gap-1">
      <span className="flex items-center gap-1">
        <Select
          label="Field of the condition"
          className="min-w-0 flex-1"
          options={entity.fields.map(({ id, name }) => ({ value: id, label: name }))}
          value={field}
          disabled={isLocked}
          onChange={(next) => onChange({ ...condition, field: next })}
        />
        <Select
          label="How it is compared"
          className="min-w-0 flex-1"
          options={KINDS}
          value={is}
          disabled={isLocked}
          onChange={(next) => onChange(comparedAs(condition, next))}
        />
        {onRemove !== undefined && !isLocked && (
          <IconButton icon="close" size="sm" label="Remove the condition" onClick={onRemove} />
        )}
      </span>
      {(is === "one-of" || is === "none-of") && (
        <CommittedInput
          label="Values, one per line"
          lines
          required
          disabled={isLocked}
          value={condition.values.join("\n")}
          onCommit={(text) => onChange({ field, is, values: linesOf(text) })}
        />
      )}
      {(is === "at-least" || is === "at-most") && (
        <CommittedInput
          label="Value"
          required
          disabled={isLocked}
          value={condition.value}
          onCommit={(value) => onChange({ field, is, value })}
        />
      )}
    </li>
  );
}

/** Compared otherwise, with what was there already where that can stay. */
function comparedAs(condition: Condition, is: Condition["is"]): Condition {
  const { field } = condition;
  const told = toldBy(condition);
  switch (is) {
    case "one-of":
    case "none-of":
      return { field, is, values: told.length === 0 ? ["…"] : told };
    case "at-least":
    case "at-most":
      return { field, is, value: told[0] ?? "0" };
    default:
      return { field, is };
  }
}

function toldBy(condition: Condition): string[] {
  if ("values" in condition) return condition.values;
  return "value" in condition ? [condition.value] : [];
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
