import { z } from "zod";
import { FIELD_TYPES } from "../values/field-value.ts";

/** What a connector discovered of one object. Stored, versioned, compared to notice drift. */

export const ColumnSchema = z.object({
  name: z.string(),
  /** The canonical type its values arrive in. */
  type: z.enum(FIELD_TYPES),
  /** As its system writes the type: "numeric(10,2)". */
  nativeType: z.string(),
  nullable: z.boolean(),
  hasDefault: z.boolean(),
  /** Computed by the system: never written. */
  readOnly: z.boolean(),
  /** Most characters (Unicode code points). */
  lengthMax: z.int().optional(),
  /** Decimal digits in all, and behind the point. */
  precision: z.int().optional(),
  scale: z.int().optional(),
  /** Smallest and largest integer. */
  min: z.string().optional(),
  max: z.string().optional(),
  values: z.array(z.string()).optional(),
  /** Its system takes texts that differ in case only for the same. */
  ignoresCase: z.boolean().optional(),
  comment: z.string().optional(),
});
export type ColumnSchema = z.infer<typeof ColumnSchema>;

export const ObjectSchema = z.object({
  name: z.string(),
  kind: z.enum(["table", "view", "other"]),
  comment: z.string().optional(),
  /** Columns of the key by which rows are named; empty: the object has none and cannot be bound. */
  key: z.array(z.string()),
  columns: z.array(ColumnSchema),
  /** Sets of columns that no two rows may share, the key left out. */
  uniques: z.array(z.array(z.string())),
  references: z.array(
    z.object({ columns: z.array(z.string()), object: z.string(), targets: z.array(z.string()) }),
  ),
  rowsEstimate: z.number().optional(),
  /** The id of a deleted row may be given to another one. */
  reusesIds: z.boolean().optional(),
  /** A column that says when a row was made, and says so for as long as it is the same row. */
  madeAt: z.string().optional(),
});
export type ObjectSchema = z.infer<typeof ObjectSchema>;
