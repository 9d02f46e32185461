import type { RecordId } from "../ids.ts";
import type { FieldValue } from "../values/field-value.ts";
import type { RowNaming } from "./row-naming.ts";

/** What several rows have in common names none of them. */
export const SHARED = Symbol("shared");

/**
 * How a reference is translated: every system names a record by its own row, and the hub by the
 * record's id. The crosswalk between them is the links. `space` is the binding of the row where it
 * is named by its id, and the space of a `RowNaming` where it is by other columns.
 */
export type Refer = {
  /** The record of the row that is named so; undefined while nobody knows such a row. */
  recordOf(space: string, name: string): RecordId | typeof SHARED | undefined;
  /** How a record's row is named; undefined while it has none there, or no name. */
  rowOf(space: string, record: string): string | typeof SHARED | undefined;
  /** Is the record's row there still to be made, or its name to be told? */
  isComing(space: string, record: string): boolean;
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
 * What a reference waits for, of a binding or another space: the row with an external id or name to
 * become a record, or a record to get its row.
 */
export type Awaited = { readonly binding: string } & (
  | { readonly row: string; readonly record?: undefined }
  | { readonly record: string; readonly row?: undefined }
);

/** A reference whose other end is not there yet. It goes on by itself when it comes. */
export type MissingReference = {
  readonly ok: false;
  readonly code: typeof REFERENCE_MISSING | typeof REFERENCE_SHARED;
  readonly message: string;
  readonly awaits: Awaited;
};

export const REFERENCE_MISSING = "reference-missing";
/** Several rows have the name by which it refers: it waits until one of them has it alone. */
export const REFERENCE_SHARED = "reference-shared";

/** Does a reference lead nowhere, so that it waits by itself until it does? */
export const isUnled = ({ code }: { readonly code: string }): boolean =>
  code === REFERENCE_MISSING || code === REFERENCE_SHARED;

/** Whose rows the values of a field name in one system. */
export type Referred = {
  readonly binding: string;
  readonly object: string;
  /** Per part of the name, the place of its column among the edge's. */
  readonly parts: readonly number[];
  /** By which columns; null: by those of their key. */
  readonly naming: RowNaming | null;
};

export type Translated = { readonly ok: true; readonly value: FieldValue } | MissingReference;

/** From the name of a row to the id of its record. */
export function toRecord(referred: Referred, refer: Refer, value: FieldValue): Translated {
  if (typeof value !== "string" || value === "") return { ok: true, value };
  const { naming } = referred;
  const [space, row] =
    naming === null ? [referred.binding, value] : [naming.space, naming.keyOf(value)];
  const record = refer.recordOf(space, row);
  const awaits = { binding: space, row };
  if (record === SHARED) return shared(referred, value, awaits);
  if (record !== undefined) return { ok: true, value: record };
  const named = naming === null ? `row ${value}` : `row with ${by(naming)} ${value}`;
  const message = `The ${named} of ${referred.object}, which it refers to, is no record yet.`;
  return { ok: false, code: REFERENCE_MISSING, message, awaits };
}

/** From the id of a record to the name of its row. */
export function toRow(referred: Referred, refer: Refer, value: FieldValue): Translated {
  if (typeof value !== "string" || value === "") return { ok: true, value };
  const { naming, object } = referred;
  const space = naming?.space ?? referred.binding;
  const row = refer.rowOf(space, value);
  const awaits = { binding: space, record: value };
  if (row === SHARED) return shared(referred, null, awaits);
  if (row !== undefined) return { ok: true, value: row };
  const lacks = naming === null ? `no row in ${object}` : `no row with ${by(naming)} in ${object}`;
  const message = `The record that it refers to has ${lacks} yet.`;
  return { ok: false, code: REFERENCE_MISSING, message, awaits };
}

const by = ({ columns }: RowNaming): string => columns.join(", ");

function shared(
  { naming, object }: Referred,
  value: string | null,
  awaits: Awaited,
): MissingReference {
  const name = naming === null ? "key" : by(naming);
  const words =
    value === null ? `the ${name} of the row that it refers to` : `the ${name} ${value}`;
  const message = `Several rows of ${object} have ${words}: nobody can tell which of them is meant.`;
  return { ok: false, code: REFERENCE_SHARED, message, awaits };
}
