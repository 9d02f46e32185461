import { compileExpression } from "../expressions/compile.ts";
import { type ExpressionProblem, placeIn } from "../expressions/parse.ts";
import { memberName } from "../expressions/record-names.ts";
import type { Names } from "../expressions/scope.ts";
import { BOOLEAN, common, objectOf, typeOfField, typeWords } from "../expressions/types.ts";
import { fromField, Missing, Unanswered } from "../expressions/value.ts";
import type { Field } from "../map/document.ts";
import type { FieldValue } from "../values/field-value.ts";

/** Does it hold of these values, or why does nobody know? */
export type RuleExpression = (read: (field: string) => FieldValue | undefined) => boolean | string;

export type CompiledRuleExpression =
  | { readonly ok: true; readonly holds: RuleExpression }
  | { readonly ok: false; readonly problem: ExpressionProblem };

/** What a rule between fields may speak of: the record with all that its event tells. */
export function ruleNames(fields: readonly Field[]): Names {
  const members = fields.map((field) => [memberName(field.id), typeOfField(field)] as const);
  return new Map([["record", objectOf("the record", Object.fromEntries(members))]]);
}

/**
 * Compiles an expression that must hold of a record. Where a value that it needs is missing, it
 * holds; where it gives no answer for another reason, that is why it does not.
 */
export function compileRuleExpression(
  text: string,
  fields: readonly Field[],
): CompiledRuleExpression {
  const compiled = compileExpression(text, ruleNames(fields));
  if (!compiled.ok) return compiled;
  const { expression } = compiled;
  if (common(expression.type, BOOLEAN) === null) {
    const message = `It gives ${typeWords(expression.type)}, and a rule is true or false.`;
    return { ok: false, problem: { message, from: 0, to: text.length } };
  }
  const known = new Map(fields.map((field) => [memberName(field.id), field]));
  return {
    ok: true,
    holds(read) {
      const member = (name: string) => {
        const field = known.get(name);
        return field === undefined ? null : fromField(read(field.id), typeOfField(field));
      };
      try {
        return expression.run(new Map([["record", { member }]])) !== false;
      } catch (error) {
        if (error instanceof Missing) return true;
        if (error instanceof Unanswered) return error.message;
        throw error;
      }
    },
  };
}

/** "line 1, column 5: There is no …" */
export function problemWords(text: string, { message, from }: ExpressionProblem): string {
  const { line, column } = placeIn(text, from);
  return `line ${line}, column ${column}: ${message}`;
}
