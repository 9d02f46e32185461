import type { RecordId } from "../ids.ts";
import type { FieldValue } from "../values/field-value.ts";

/**
 * How a reference is translated: every system names a record by the id of its own row, and the hub
 * by the record's id. The crosswalk between them is the links.
 */
export type Refer = {
  /** The record that a row of a binding is; undefined while nobody knows the row. */
  recordOf(binding: string, externalId: string): RecordId | undefined;
  /** The id of a record's row in a binding; undefined while it has none there. */
  rowOf(binding: string, record: string): string | undefined;
  /** Is the record's row in the binding still to be made? */
  isComing(binding: string, record: string): boolean;
};

/** References stay as their system spells them: for looking at rows where no hub is asked. */
export const AS_SPELLED: Refer = {
  recordOf: (_, externalId) => externalId as RecordId,
  rowOf: (_, record) => record,
  isComing: () => false,
};

/** Nobody refers to anybody, or nobody can tell to whom. */
export const NOBODY: Refer = {
  recordOf: () => undefined,
  rowOf: () => undefined,
  isComing: () => false,
};

/**
 * What a reference waits for, of a binding: the row with an external id to become a record, or a
 * record to get its row.
 */
export type Awaited = { readonly binding: string } & (
  | { readonly row: string; readonly record?: undefined }
  | { readonly record: string; readonly row?: undefined }
);

/** A reference whose other end is not there yet. It goes on by itself when it comes. */
export type MissingReference = {
  readonly ok: false;
  readonly code: typeof REFERENCE_MISSING;
  readonly message: string;
  readonly awaits: Awaited;
};

export const REFERENCE_MISSING = "reference-missing";

/** Whose rows the values of a field name in one system. */
export type Referred = {
  readonly binding: string;
  readonly object: string;
  /** Per part of their key, the place of its column among the edge's. */
  readonly parts: readonly number[];
};

type Translated = { readonly ok: true; readonly value: FieldValue } | MissingReference;

/** From the id of a row to the id of its record. */
export function toRecord(referred: Referred, refer: Refer, value: FieldValue): Translated {
  if (typeof value !== "string" || value === "") return { ok: true, value };
  const record = refer.recordOf(referred.binding, value);
  if (record !== undefined) return { ok: true, value: record };
  const awaits = { binding: referred.binding, row: value };
  const message = `The row ${value} of ${referred.object}, which it refers to, is no record yet.`;
  return { ok: false, code: REFERENCE_MISSING, message, awaits };
}

/** From the id of a record to the id of its row. */
export function toRow(referred: Referred, refer: Refer, value: FieldValue): Translated {
  if (typeof value !== "string" || value === "") return { ok: true, value };
  const row = refer.rowOf(referred.binding, value);
  if (row !== undefined) return { ok: true, value: row };
  const awaits = { binding: referred.binding, record: value };
  const message = `The record that it refers to has no row in ${referred.object} yet.`;
  return { ok: false, code: REFERENCE_MISSING, message, awaits };
}
