import type { FieldValue } from "../../../core/values/field-value.ts";
import type { FieldName, Shape } from "../shapes.ts";

/** What a system makes of a hub value that it is sent. */
export function stored(shape: Shape, field: string, value: FieldValue): FieldValue | undefined {
  const written = shape.write({ [field]: value as string | null });
  return shape.read(shape.adjust(written))[field as FieldName];
}
