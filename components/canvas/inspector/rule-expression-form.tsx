"use client";

import type { ExpressionProblem } from "../../../server/core/expressions/parse.ts";
import { fieldsNamedIn, memberName } from "../../../server/core/expressions/record-names.ts";
import type { EntityRule, Field } from "../../../server/core/map/document.ts";
import { compileRuleExpression } from "../../../server/core/validation/rule-expression.ts";
import { ExpressionField } from "../../forms/expression-field.tsx";
import { CommittedInput } from "./committed-input.tsx";
import { useCommitted } from "./use-committed.ts";

type ExpressionRule = Extract<EntityRule, { kind: "expression" }>;

type RuleExpressionFormProps = {
  rule: ExpressionRule;
  fields: readonly Field[];
  isLocked: boolean;
  onChange: (rule: ExpressionRule) => void;
};

/** What must hold of a record, as an expression, and what is said where it does not. */
export function RuleExpressionForm({ rule, fields, isLocked, onChange }: RuleExpressionFormProps) {
  const typed = useCommitted(rule.expression, (text) => {
    // The map keeps no rule that names what is not there: that much must be right to be saved.
    const isKept = fieldsNamedIn(text).every((name) => fields.some(({ id }) => id === name));
    if (text.trim() !== "" && isKept) onChange({ ...rule, expression: text.trim() });
  });
  const say = (text: string) => {
    const { says: _, ...rest } = rule;
    onChange(text.trim() === "" ? rest : { ...rest, says: text.trim() });
  };
  return (
    <>
      <ExpressionField
        label="What must hold"
        hint="True or false. Where a value that it needs is missing, it holds."
        text={typed.value}
        problem={problemOf(typed.value, fields)}
        names={fields.map(({ id, name, type }) => ({
          form: `record.${memberName(id)}`,
          about: `${name} (${type})`,
        }))}
        disabled={isLocked}
        onChange={typed.change}
        onBlur={typed.flush}
      />
      <CommittedInput
        label="What is said where it does not hold"
        value={rule.says ?? ""}
        disabled={isLocked}
        onCommit={say}
      />
    </>
  );
}

function problemOf(text: string, fields: readonly Field[]): ExpressionProblem | null {
  if (text.trim() === "") return { message: "This is needed.", from: 0, to: 0 };
  const compiled = compileRuleExpression(text, fields);
  return compiled.ok ? null : compiled.problem;
}
