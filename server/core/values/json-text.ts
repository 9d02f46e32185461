/** Deeper nesting than this is refused: no record needs it, and reading it would fill the stack. */
const DEPTH_MAX = 200;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class NotJson extends Error {
  override readonly name = "NotJson";
}

/**
 * The one spelling of a JSON text: keys sorted, no white space, numbers letter for letter as they
 * were (a float would spoil 9007199254740993). Null for a text that is not JSON, nests deeper than
 * 200, or names a key twice: which of the two was meant, nobody can tell.
 *
 * '{"b": 1.0, "a": "\u0061"}' => '{"a":"a","b":1.0}'
 */
export function canonicalJson(text: string): string | null {
  const reader = { text, at: 0 };
  try {
    const canonical = readValue(reader, 0);
    skipSpace(reader);
    return reader.at === text.length ? canonical : null;
  } catch (error) {
    if (error instanceof NotJson) return null;
    throw error;
  }
}

type Reader = { readonly text: string; at: number };

function readValue(reader: Reader, depth: number): string {
  if (depth > DEPTH_MAX) throw new NotJson();
  skipSpace(reader);
  switch (reader.text[reader.at]) {
    case "{":
      return readObject(reader, depth);
    case "[":
      return readArray(reader, depth);
    case '"':
      return JSON.stringify(readString(reader));
    case "t":
      return readWord(reader, "true");
    case "f":
      return readWord(reader, "false");
    case "n":
      return readWord(reader, "null");
    default:
      return readNumber(reader);
  }
}

function readObject(reader: Reader, depth: number): string {
  const members = new Map<string, string>();
  reader.at += 1;
  if (skipIf(reader, "}")) return "{}";
  do {
    skipSpace(reader);
    const key = readString(reader);
    expect(reader, ":");
    if (members.has(key)) throw new NotJson();
    members.set(key, readValue(reader, depth + 1));
  } while (skipIf(reader, ","));
  expect(reader, "}");
  const keys = [...members.keys()].sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${members.get(key)}`).join(",")}}`;
}

function readArray(reader: Reader, depth: number): string {
  const items: string[] = [];
  reader.at += 1;
  if (skipIf(reader, "]")) return "[]";
  do items.push(readValue(reader, depth + 1));
  while (skipIf(reader, ","));
  expect(reader, "]");
  return `[${items.join(",")}]`;
}

/** Finds where the string ends; the built-in parser then judges and decodes it. */
function readString(reader: Reader): string {
  if (reader.text[reader.at] !== '"') throw new NotJson();
  let end = reader.at + 1;
  while (end < reader.text.length && reader.text[end] !== '"') {
    end += reader.text[end] === "\\" ? 2 : 1;
  }
  const literal = reader.text.slice(reader.at, end + 1);
  reader.at = end + 1;
  try {
    return JSON.parse(literal) as string;
  } catch {
    throw new NotJson();
  }
}

function readNumber(reader: Reader): string {
  NUMBER.lastIndex = reader.at;
  const match = NUMBER.exec(reader.text);
  if (match === null) throw new NotJson();
  reader.at += match[0].length;
  return match[0];
}

function readWord(reader: Reader, word: string): string {
  if (!reader.text.startsWith(word, reader.at)) throw new NotJson();
  reader.at += word.length;
  return word;
}

function expect(reader: Reader, sign: string): void {
  if (!skipIf(reader, sign)) throw new NotJson();
}

function skipIf(reader: Reader, sign: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== sign) return false;
  reader.at += 1;
  return true;
}

function skipSpace(reader: Reader): void {
  for (;;) {
    const code = reader.text.charCodeAt(reader.at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
    reader.at += 1;
  }
}
