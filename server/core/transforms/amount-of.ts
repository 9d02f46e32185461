import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { isProblem, restoring } from "./each-value.ts";
import { readNumber } from "./exact.ts";
import { type CompiledStep, problem, type StepProblem, type StepResult } from "./transform.ts";

/** A number and what it is a number of: both as the system has them. */
export type AmountParts = { readonly amount: string; readonly of: string };

export type AmountRules = {
  /** The only currency or unit of the system; then its column is not needed. */
  readonly fixed: string | undefined;
  compose(amount: string, of: FieldValue): FieldValue | StepProblem;
  parts(value: FieldValue): AmountParts | StepProblem;
};

/**
 * Makes one value of an amount and what it is of, and takes it apart again. Where the system has
 * one currency or unit only, a value in another waits instead of losing it.
 */
export function amountOf({ fixed, compose, parts }: AmountRules): CompiledStep {
  const forward = ([amount = null, own = null]: readonly FieldValue[]): StepResult => {
    if (amount === null) return { ok: true, values: [null] };
    const number = readNumber(amount);
    if (isProblem(number)) return number;
    const value = compose(number, fixed ?? own);
    return isProblem(value) ? value : { ok: true, values: [value] };
  };
  const write = ([value = null]: readonly FieldValue[]): StepResult => {
    if (value === null) return { ok: true, values: fixed === undefined ? [null, null] : [null] };
    const apart = parts(value);
    if ("ok" in apart) return apart;
    if (fixed === undefined) return { ok: true, values: [apart.amount, apart.of] };
    if (apart.of === fixed) return { ok: true, values: [apart.amount] };
    return problem("other", `${quoteValue(value)} is not in ${fixed}.`);
  };
  return {
    kind: fixed === undefined ? "lossy" : "lossless",
    inputs: fixed === undefined ? 2 : 1,
    outputs: 1,
    forward,
    backward: restoring(forward, write),
  };
}
