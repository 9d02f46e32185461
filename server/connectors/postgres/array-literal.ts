import type { ColumnValue } from "../../core/values/field-value.ts";

/**
 * Reads PostgreSQL's text of an array. Own bounds ("[2:3]={…}") are dropped: a list has none.
 *
 * '{1,NULL,"a,b"}' => ["1", null, "a,b"] · '{{1,2},{3,4}}' => [["1","2"],["3","4"]]
 */
export function parseArray(
  text: string,
  decodeItem: (text: string) => ColumnValue,
  delimiter = ",",
): readonly ColumnValue[] {
  const start = text.indexOf("{");
  const reader = { text, at: start + 1, decodeItem, delimiter };
  return readItems(reader);
}

type Reader = {
  readonly text: string;
  at: number;
  readonly decodeItem: (text: string) => ColumnValue;
  readonly delimiter: string;
};

function readItems(reader: Reader): ColumnValue[] {
  const items: ColumnValue[] = [];
  while (reader.at < reader.text.length) {
    const sign = reader.text[reader.at];
    if (sign === "}") {
      reader.at += 1;
      return items;
    }
    if (sign === reader.delimiter) reader.at += 1;
    else items.push(readItem(reader));
  }
  return items;
}

function readItem(reader: Reader): ColumnValue {
  const sign = reader.text[reader.at];
  if (sign === "{") {
    reader.at += 1;
    return readItems(reader);
  }
  if (sign === '"') return reader.decodeItem(readQuoted(reader));
  const start = reader.at;
  while (!isEnd(reader)) reader.at += 1;
  const word = reader.text.slice(start, reader.at);
  return word === "NULL" ? null : reader.decodeItem(word);
}

function isEnd(reader: Reader): boolean {
  const sign = reader.text[reader.at];
  return sign === undefined || sign === "}" || sign === reader.delimiter;
}

function readQuoted(reader: Reader): string {
  let value = "";
  reader.at += 1;
  let start = reader.at;
  for (;;) {
    const sign = reader.text[reader.at];
    if (sign === undefined || sign === '"') break;
    if (sign === "\\") {
      value += reader.text.slice(start, reader.at);
      reader.at += 1;
      start = reader.at;
    }
    reader.at += 1;
  }
  value += reader.text.slice(start, reader.at);
  reader.at += 1;
  return value;
}

/** Writes an array so that PostgreSQL reads the same items back. The reverse of `parseArray`. */
export function arrayLiteral(
  items: readonly ColumnValue[],
  encodeItem: (value: ColumnValue) => string | null,
  delimiter = ",",
): string {
  const parts = items.map((item) =>
    Array.isArray(item)
      ? arrayLiteral(item, encodeItem, delimiter)
      : quoteItem(item === null ? null : encodeItem(item)),
  );
  return `{${parts.join(delimiter)}}`;
}

/** An array of texts, one of which may be null: the parameter that `unnest` takes. */
export function textArrayLiteral(items: readonly (string | null)[]): string {
  let literal = "{";
  for (let at = 0; at < items.length; at += 1) {
    if (at > 0) literal += ",";
    literal += quoteItem(items[at] ?? null);
  }
  return `${literal}}`;
}

const NEEDS_ESCAPE = /["\\]/;

function quoteItem(text: string | null): string {
  if (text === null) return "NULL";
  return NEEDS_ESCAPE.test(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : `"${text}"`;
}
