import type { Step } from "../map/document.ts";
import type { CompiledStep } from "../transforms/transform.ts";
import type { ColumnValue } from "../values/field-value.ts";

/** A step through which the values of a column become those of a field. */
export type FoundStep = {
  readonly step: Step;
  readonly forward: (value: ColumnValue) => ColumnValue;
};

/** A step as a plain function: what it refuses is no value. */
export function forwardOf(step: CompiledStep): FoundStep["forward"] {
  return (value) => {
    const result = step.forward([value]);
    return result.ok ? (result.values[0] ?? null) : null;
  };
}
