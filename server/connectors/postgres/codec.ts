import { canonicalDecimal } from "../../core/values/decimal.ts";
import type { ColumnValue, FieldType } from "../../core/values/field-value.ts";
import { canonicalJson } from "../../core/values/json-text.ts";
import { arrayLiteral, parseArray } from "./array-literal.ts";

/** How values of one native type are read, written and compared. */
export type Codec = {
  readonly type: FieldType;
  /**
   * PostgreSQL's text => the canonical value. A text that its type does not allow elsewhere
   * (NaN, infinity, a year BC) stays as it is: the mapping names it, the reading goes on.
   */
  readonly decode: (text: string) => ColumnValue;
  /** The reverse; undefined for a value that no such column can have. */
  readonly encode: (value: ColumnValue) => string | null | undefined;
  /** The type's name without its limits, so that a cast to it cannot shorten a value. */
  readonly cast: string;
  /** SQL that is true while the column has exactly the value; both sides may be null. */
  readonly isSame: (column: string, text: string) => string;
  /** Its values have an "=" that an index can use. */
  readonly isOrdered: boolean;
};

/** A type of the source's catalog, its domains already resolved. */
export type NativeType = {
  /** Its name in pg_catalog, or null when it is the user's own. */
  readonly builtin: string | null;
  readonly cast: string;
  readonly labels: readonly string[] | null;
  /** The type of the items of an array. */
  readonly item: NativeType | null;
  readonly delimiter: string;
};

/** Makes the codec of a type; `exactCollation` is false where two different texts may be equal. */
export function codecOf(native: NativeType, exactCollation = true): Codec {
  if (native.item !== null) return arrayCodec(native, native.item);
  const codec = scalarCodec(native);
  return exactCollation ? codec : { ...codec, isSame: sameBytes };
}

function scalarCodec(native: NativeType): Codec {
  const { cast, builtin, labels } = native;
  if (labels !== null) {
    return { ...asText(cast), type: "enum", isSame: sameNatively(cast), isOrdered: true };
  }
  const make = builtin === null ? undefined : BUILTIN[builtin];
  return make === undefined ? asText(cast) : make(cast);
}

/** A type that we know no better: its text, compared as text. */
function asText(cast: string): Codec {
  return {
    type: "text",
    decode: (text) => text,
    encode: textOf,
    cast,
    isSame: (column, text) => `${column}::text is not distinct from ${text}`,
    isOrdered: false,
  };
}

function typed(type: FieldType, decode: (text: string) => ColumnValue): (cast: string) => Codec {
  return (cast) => ({
    type,
    decode,
    encode: textOf,
    cast,
    isSame: sameNatively(cast),
    isOrdered: true,
  });
}

const asIs = (text: string): string => text;
const text = typed("text", asIs);
const integer = typed("integer", asIs);
const decimal = typed("decimal", (value) => canonicalDecimal(value) ?? value);
const instant = typed("instant", instantOf);

const BUILTIN: Readonly<Record<string, (cast: string) => Codec>> = {
  text,
  varchar: text,
  // The blanks that fill a char(n) up mean nothing.
  bpchar: typed("text", withoutBlanksAtEnd),
  name: text,
  uuid: text,
  bytea: text,
  inet: text,
  cidr: text,
  macaddr: text,
  int2: integer,
  int4: integer,
  int8: integer,
  oid: integer,
  numeric: decimal,
  float4: decimal,
  float8: decimal,
  bool: typed("boolean", (value) => value === "t" || value === "true"),
  date: typed("date", asIs),
  time: typed("time", asIs),
  timestamptz: instant,
  timestamp: instant,
  json: (cast) => ({ ...jsonCodec(cast), isSame: sameJson, isOrdered: false }),
  jsonb: jsonCodec,
};

function jsonCodec(cast: string): Codec {
  return typed("json", (value) => canonicalJson(value) ?? value)(cast);
}

function arrayCodec(native: NativeType, item: NativeType): Codec {
  const items = codecOf(item);
  const decodeItem = (itemText: string): ColumnValue => items.decode(itemText);
  const encodeItem = (value: ColumnValue): string | null => items.encode(value) ?? null;
  const isComparable = item.builtin !== null && COMPARABLE_ITEMS.has(item.builtin);
  return {
    type: "list",
    decode: (value) => parseArray(value, decodeItem, native.delimiter),
    encode: (value) => {
      if (Array.isArray(value)) return arrayLiteral(value, encodeItem, native.delimiter);
      return value === null ? null : undefined;
    },
    cast: native.cast,
    // A slice of everything: bounds of its own make an array unequal, and a list has none.
    isSame: (column, value) =>
      isComparable
        ? `(${column})[:] is not distinct from ${value}::${native.cast}`
        : `(${column})[:]::text is not distinct from ${value}::${native.cast}::text`,
    isOrdered: false,
  };
}

const COMPARABLE_ITEMS = new Set(Object.keys(BUILTIN).filter((name) => name !== "json"));

function sameNatively(cast: string): Codec["isSame"] {
  return (column, value) => `${column} is not distinct from ${value}::${cast}`;
}

function sameJson(column: string, value: string): string {
  return `${column}::jsonb is not distinct from ${value}::jsonb`;
}

function sameBytes(column: string, value: string): string {
  return `${column}::text collate "C" is not distinct from ${value}`;
}

function textOf(value: ColumnValue): string | null | undefined {
  if (value === null || typeof value === "string") return value;
  return typeof value === "boolean" ? String(value) : undefined;
}

function withoutBlanksAtEnd(value: string): string {
  let end = value.length;
  while (value.charCodeAt(end - 1) === 32) end -= 1;
  return value.slice(0, end);
}

const ISO_INSTANT = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(?:\+00)?$/;

/** Our sessions read in UTC. A timestamp without zone is taken for UTC too. */
function instantOf(value: string): string {
  const match = ISO_INSTANT.exec(value);
  return match === null ? value : `${match[1]}T${match[2]}Z`;
}
