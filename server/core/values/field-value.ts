/**
 * The canonical types of DESIGN.md §2 that a field may have. A child collection is no value: its
 * items are records that refer to their owner.
 */
export const FIELD_TYPES = [
  "text",
  "integer",
  "decimal",
  "boolean",
  "date",
  "time",
  "instant",
  "enum",
  "money",
  "quantity",
  "list",
  "set",
  "reference",
  "json",
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/**
 * A value in canonical form: two values of one type mean the same exactly when they are
 * structurally equal (fields with options such as `ignoreCase` compare through `isEqualValue`).
 *
 * text "Ada" (NFC) · integer "9007199254740993" · decimal "12.5" (no exponent, no trailing zeros)
 * · boolean true · date "2026-02-28" · time "14:02:00.5" · instant "2026-02-28T13:02:00.5Z"
 * · enum "active" · money { amount: "9.99", currency: "EUR" } · quantity { amount: "2", unit: "kg"
 * }
 * · list, set [..] (a set is sorted and has no equal members) · reference: a record id
 * · json: its text with sorted keys
 *
 * The four states of DESIGN.md §2: *value*; *null* is `null`; *empty* is `""` (or `[]`);
 * *absent* is a missing key, typed `undefined` where a function may meet it.
 */
export type FieldValue =
  | null
  | string
  | boolean
  | { readonly amount: string; readonly currency: string }
  | { readonly amount: string; readonly unit: string }
  | readonly FieldValue[]
  | Tuple;

/**
 * What one side has in the fields of a group that are decided together, by field; a part that is
 * missing was not told. It stands where a group is spoken of as a whole (a question, an answer): a
 * record and a base have each part by itself.
 */
export type Tuple = { readonly parts: { readonly [field: string]: FieldValue } };

/**
 * A value of one column of a foreign row, exactly as the system has it and never as a float:
 * the same shapes as `FieldValue`, but text is not normalised, so that it can be used as the
 * condition of a write.
 */
export type ColumnValue = FieldValue;

/** Column name → value. A column that was not read is missing: absent, not null. */
export type Columns = Readonly<Record<string, ColumnValue>>;

/** Field id → value. A field that was not observed is missing: absent, not null. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** How a field's values are read and compared. Part of the map document. */
export type ValueOptions = {
  /** Leading and trailing white space means nothing. */
  readonly trim?: boolean | undefined;
  /** Upper and lower case mean the same. */
  readonly ignoreCase?: boolean | undefined;
  /** Members of an enum. */
  readonly values?: readonly string[] | undefined;
  /** Type of the members of a list or set. */
  readonly items?: FieldType | undefined;
  /** The entity whose records a reference names; without one it is a text that names nothing. */
  readonly entity?: string | undefined;
};

/** Tells lists and sets from the other values; `Array.isArray` forgets what the members are. */
export function isList(value: FieldValue): value is readonly FieldValue[] {
  return Array.isArray(value);
}

export function isTuple(value: FieldValue): value is Tuple {
  return value !== null && typeof value === "object" && "parts" in value;
}

/** What a value says of each part; a value that is no tuple says it of the one field. */
export function partsOf(value: FieldValue, field: string): FieldValues {
  return isTuple(value) ? value.parts : { [field]: value };
}
