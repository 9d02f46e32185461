import { compileExpression } from "../expressions/compile.ts";
import { placeIn } from "../expressions/parse.ts";
import { common, type Type, typeOfField, typeWords } from "../expressions/types.ts";
import { fromField, Missing, toField, Unanswered, type Value } from "../expressions/value.ts";
import type { FieldType, FieldValue } from "../values/field-value.ts";
import { makeParser } from "../values/parse-value.ts";
import type { One } from "./each-value.ts";
import { problem } from "./transform.ts";

/** Types of the values that an expression takes and gives. */
export const EXPRESSION_TYPES = [
  ...(["text", "decimal", "boolean", "date", "time", "instant", "money", "quantity"] as const),
  ...(["list"] as const),
] as const satisfies readonly FieldType[];
export type ExpressionType = (typeof EXPRESSION_TYPES)[number];

export type Taken = { readonly name: string; readonly type: ExpressionType };

/** An expression as a plain function of values as systems spell them. */
export type RunExpression = (values: readonly FieldValue[]) => One;

/** @returns a sentence with the place where it is none, or gives another type */
export function expressionStep(
  text: string,
  takes: readonly Taken[],
  gives: ExpressionType,
): RunExpression | string {
  const names = new Map(takes.map(({ name, type }) => [name, typeOfField({ type })]));
  const compiled = compileExpression(text, names);
  if (!compiled.ok) {
    const { line, column } = placeIn(text, compiled.problem.from);
    return `Line ${line}, column ${column}: ${compiled.problem.message}`;
  }
  const { expression } = compiled;
  const wanted = typeOfField({ type: gives });
  if (expression.type.kind === "question" || common(expression.type, wanted) === null) {
    return `It gives ${typeWords(expression.type)}, and ${typeWords(wanted)} is set.`;
  }
  const readers = takes.map(({ name, type }) => reader(name, type));
  return (values) => {
    const known = new Map<string, Value>();
    for (const [at, read] of readers.entries()) {
      const wrong = read(values[at] ?? null, known);
      if (wrong !== null) return problem("type", wrong);
    }
    return answer(() => expression.run(known), wanted);
  };
}

/** Puts a value under its name, or says why it is none of its type. */
function reader(name: string, type: ExpressionType) {
  const parse = makeParser(type);
  const typed = typeOfField({ type });
  return (value: FieldValue, known: Map<string, Value>): string | null => {
    const parsed = parse(value);
    if (!parsed.ok) return parsed.message;
    known.set(name, fromField(parsed.value, typed));
    return null;
  };
}

/** What needs a value that is not there gives none; every other end is said. */
function answer(run: () => Value, type: Type): One {
  try {
    return toField(run(), type);
  } catch (error) {
    if (error instanceof Missing) return null;
    if (error instanceof Unanswered) return problem("no-answer", error.message);
    throw error;
  }
}
