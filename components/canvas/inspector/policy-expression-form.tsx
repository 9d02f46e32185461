"use client";

import { compilePolicy } from "../../../server/core/conflicts/policy-expression.ts";
import type { ExpressionProblem } from "../../../server/core/expressions/parse.ts";
import { memberName } from "../../../server/core/expressions/record-names.ts";
import type { Field } from "../../../server/core/map/document.ts";
import { ExpressionField } from "../../forms/expression-field.tsx";
import { useCommitted } from "./use-committed.ts";

type PolicyExpressionFormProps = {
  text: string;
  field: Field;
  fields: readonly Field[];
  isLocked: boolean;
  onChange: (text: string) => void;
};

/** What decides between two edits, as an expression that is read while it is typed. */
export function PolicyExpressionForm(props: PolicyExpressionFormProps) {
  const { text, field, fields, isLocked, onChange } = props;
  const typed = useCommitted(text, (next) => {
    if (next.trim() !== "") onChange(next.trim());
  });
  return (
    <ExpressionField
      label="The expression"
      hint="It gives the value, or one of the two edits; ask() leaves it to a person."
      text={typed.value}
      problem={problemOf(typed.value, field, fields)}
      names={vocabulary(field, fields)}
      disabled={isLocked}
      onChange={typed.change}
      onBlur={typed.flush}
    />
  );
}

function vocabulary(field: Field, fields: readonly Field[]) {
  const other = fields.find(({ id }) => id !== field.id);
  return [
    { form: "edits", about: "The two that meet, each with system, value and time." },
    { form: "values", about: "Their two values." },
    { form: "base", about: "What the later one started from; none where they never agreed." },
    ...(other === undefined
      ? []
      : [{ form: `record.${memberName(other.id)}`, about: `${other.name}, as the hub has it.` }]),
  ];
}

function problemOf(text: string, field: Field, fields: readonly Field[]): ExpressionProblem | null {
  if (text.trim() === "") return { message: "This is needed.", from: 0, to: 0 };
  const compiled = compilePolicy(text, field, fields);
  return compiled.ok ? null : compiled.problem;
}
