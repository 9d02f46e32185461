import { z } from "zod";
import type { FieldValue } from "../core/values/field-value.ts";

/** A longer one is no entry of a person. */
const TEXT_MAX = 1_000_000;

/** A value that somebody entered, in one of the shapes of `FieldValue`. Its type is read later. */
export const ValueInput: z.ZodType<FieldValue, FieldValue> = z.lazy(() =>
  z.union([
    z.null(),
    z.string().max(TEXT_MAX),
    z.boolean(),
    z.strictObject({ amount: z.string(), currency: z.string() }),
    z.strictObject({ amount: z.string(), unit: z.string() }),
    z.array(ValueInput).max(10_000),
    z.strictObject({ parts: z.record(z.string(), ValueInput) }),
  ]),
);
