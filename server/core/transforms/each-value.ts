import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import {
  type CompiledStep,
  problem,
  type StepKind,
  type StepProblem,
  type StepResult,
} from "./transform.ts";

/** One value, or why there is none. */
export type One = FieldValue | StepProblem;

/**
 * Makes a step of functions that treat one value each. Going back, a value whose previous one
 * still reads as it keeps that previous spelling; `write` is asked for all others, and is told what
 * was there, undefined where there was nothing.
 */
export function eachValue(rules: {
  kind: StepKind;
  read(value: FieldValue): One;
  write?(value: FieldValue, before: FieldValue | undefined): One;
}): CompiledStep {
  const { kind, read, write } = rules;
  const shape = { kind, inputs: "each", outputs: "each" } as const;
  const forward = (values: readonly FieldValue[]): StepResult => collect(values, read);
  if (write === undefined) return { ...shape, forward };
  return {
    ...shape,
    forward,
    backward: (values, previous) =>
      collect(values, (value, index) => {
        const before = previous?.[index];
        return before !== undefined && isSame(read(before), value) ? before : write(value, before);
      }),
  };
}

/**
 * A step that says the same whichever way it is gone: an edge that only reads makes the hub's value
 * of it, one that only writes the column's. It has no way back.
 */
export function oneWay(convert: (value: FieldValue) => One): CompiledStep {
  const run = (values: readonly FieldValue[]): StepResult => collect(values, convert);
  return { kind: "one-way", inputs: "each", outputs: "each", forward: run, backward: run };
}

/** Lets `write` give only what reads as it was meant, and refuses everything else. */
export function proving(
  read: (value: FieldValue) => One,
  write: (value: FieldValue, before: FieldValue | undefined) => One,
): (value: FieldValue, before: FieldValue | undefined) => One {
  return (value, before) => {
    const written = write(value, before);
    if (isProblem(written)) return written;
    const again = read(written);
    if (isSame(again, value)) return written;
    const why = isProblem(again) ? again.message : `It would come back as ${quoteValue(again)}.`;
    return problem("no-way-back", `${quoteValue(value)} cannot be written here. ${why}`);
  };
}

/** Treats texts, lets no value and the empty text through, and refuses the rest. */
export function ofText(convert: (text: string) => One): (value: FieldValue) => One {
  return (value) => {
    if (value === null || value === "") return value;
    return typeof value === "string" ? convert(value) : notText(value);
  };
}

function collect(
  values: readonly FieldValue[],
  convert: (value: FieldValue, index: number) => One,
): StepResult {
  const results: FieldValue[] = [];
  for (let index = 0; index < values.length; index += 1) {
    const one = convert(values[index] ?? null, index);
    if (isProblem(one)) return one;
    results.push(one);
  }
  return { ok: true, values: results };
}

export function isProblem(one: One): one is StepProblem {
  return typeof one === "object" && one !== null && "ok" in one;
}

/** Whether two values are the same but for the spelling that Unicode leaves open. */
export function isSame(a: One, b: One): boolean {
  if (a === b) return true;
  if (typeof a === "string" && typeof b === "string") {
    return a.normalize("NFC") === b.normalize("NFC");
  }
  return typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Makes the way back of a step that treats its values together: values that the previous ones
 * still give keep those; `write` is asked for all others.
 */
export function restoring(
  forward: CompiledStep["forward"],
  write: (values: readonly FieldValue[], previous: readonly FieldValue[] | null) => StepResult,
): NonNullable<CompiledStep["backward"]> {
  return (values, previous) => {
    if (previous === null) return write(values, null);
    const before = forward(previous);
    const isKept = before.ok && before.values.every((one, i) => isSame(one, values[i] ?? null));
    return isKept ? { ok: true, values: previous } : write(values, previous);
  };
}

/** `proving` for a step that treats its values together. */
export function provingAll(
  forward: CompiledStep["forward"],
  write: (values: readonly FieldValue[], previous: readonly FieldValue[] | null) => StepResult,
): typeof write {
  return (values, previous) => {
    const written = write(values, previous);
    if (!written.ok) return written;
    const again = forward(written.values);
    if (again.ok && again.values.every((one, i) => isSame(one, values[i] ?? null))) return written;
    const meant = values.map((value) => quoteValue(value)).join(" and ");
    const why = again.ok
      ? `It would come back as ${again.values.map((value) => quoteValue(value)).join(" and ")}.`
      : again.message;
    return problem("no-way-back", `${meant} cannot be written here. ${why}`);
  };
}

/** The problem of a value that a step of texts cannot take. */
export function notText(value: FieldValue): StepProblem {
  return problem("type", `${quoteValue(value)} is not a text.`);
}
