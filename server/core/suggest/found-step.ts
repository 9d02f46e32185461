import type { Step } from "../map/document.ts";
import type { CompiledStep } from "../transforms/transform.ts";
import type { ColumnValue } from "../values/field-value.ts";

/** A step through which the values of a column become those of a field. */
export type FoundStep = {
  readonly step: Step;
  readonly forward: (value: ColumnValue) => ColumnValue;
  /** Whether a value of the field can be brought back through it. */
  readonly goesBack: boolean;
};

/** A step as a plain function: what it refuses is no value. */
export function foundStep(step: Step, compiled: CompiledStep): FoundStep {
  const forward = (value: ColumnValue) => {
    const result = compiled.forward([value]);
    return result.ok ? (result.values[0] ?? null) : null;
  };
  return { step, forward, goesBack: compiled.backward !== undefined };
}
