import type { ColumnValue } from "../../../core/values/field-value.ts";

/** A table as the log describes it: the shape of the rows that follow. */
export type Relation = {
  readonly oid: number;
  /** The object's name: "public.products". */
  readonly name: string;
  /** Its rows are told; otherwise they are only counted. */
  readonly isWanted: boolean;
  readonly columns: readonly RelationColumn[];
  /** Which of the columns name a row, in the key's order. */
  readonly key: readonly number[];
};

export type RelationColumn = {
  readonly name: string;
  readonly decode: (text: string) => ColumnValue;
};

/** A relation message as it was sent. */
export type RelationMessage = {
  readonly oid: number;
  readonly name: string;
  readonly columns: readonly {
    readonly name: string;
    readonly isKey: boolean;
    readonly typeOid: number;
    readonly modifier: number;
  }[];
};

const LOCAL_SCHEMA = "pg_catalog";

/** Reads the message after its first byte. */
export function readRelationMessage(buffer: Buffer, start: number): RelationMessage {
  const oid = buffer.readUInt32BE(start);
  const schema = readName(buffer, start + 4);
  const table = readName(buffer, schema.end);
  // One byte says which replica identity the table has; the columns say it again.
  let at = table.end + 1;
  const count = buffer.readUInt16BE(at);
  at += 2;
  const columns: RelationMessage["columns"][number][] = [];
  for (let column = 0; column < count; column += 1) {
    const isKey = (buffer[at] ?? 0) === 1;
    const name = readName(buffer, at + 1);
    const typeOid = buffer.readUInt32BE(name.end);
    columns.push({ name: name.text, isKey, typeOid, modifier: buffer.readInt32BE(name.end + 4) });
    at = name.end + 8;
  }
  // The system's own schema is sent as an empty name.
  const schemaName = schema.text === "" ? LOCAL_SCHEMA : schema.text;
  return { oid, name: `${schemaName}.${table.text}`, columns };
}

function readName(buffer: Buffer, start: number): { readonly text: string; readonly end: number } {
  const end = buffer.indexOf(0, start);
  return { text: buffer.toString("utf8", start, end), end: end + 1 };
}
