/** A regular expression taken apart, as far as one is needed to test whole values. */
export type PatternNode =
  /** One character, judged by the built-in engine: `source` is a letter, an escape or a class. */
  | { readonly kind: "character"; readonly source: string }
  | { readonly kind: "assert"; readonly what: "^" | "$" | "\\b" | "\\B" }
  | { readonly kind: "sequence"; readonly items: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly options: readonly PatternNode[] }
  | {
      readonly kind: "repeat";
      readonly item: PatternNode;
      readonly min: number;
      readonly max: number;
    };

export class PatternError extends Error {
  override readonly name = "PatternError";
}

const TOKEN = new RegExp(
  [
    String.raw`\\(?:u\{[0-9a-fA-F]+\}|u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|x..|c.|[pP]\{[^}]*\}|[^])`,
    String.raw`\[(?:\\[^]|[^\]\\])*\]`,
    String.raw`\((?:\?(?:<[^=!>][^>]*>|<?[^]))?`,
    String.raw`\{\d+(?:,\d*)?\}\??`,
    String.raw`[*+?]\??`,
    "[^]",
  ].join("|"),
  "gu",
);

/** Deeper nesting of groups than this is refused. */
const DEPTH_MAX = 50;

/**
 * Takes a regular expression apart that the built-in engine has already accepted.
 * @throws PatternError for look-arounds, back-references and other things that no test of a whole
 * value in bounded time can do
 */
export function parsePattern(source: string): PatternNode {
  const tokens = Array.from(source.matchAll(TOKEN), ([token]) => token);
  return readChoice({ tokens, at: 0 }, 0);
}

type Reader = { readonly tokens: readonly string[]; at: number };

function readChoice(reader: Reader, depth: number): PatternNode {
  if (depth > DEPTH_MAX) throw new PatternError("its groups nest too deep");
  const options = [readSequence(reader, depth)];
  while (reader.tokens[reader.at] === "|") {
    reader.at += 1;
    options.push(readSequence(reader, depth));
  }
  return { kind: "choice", options };
}

function readSequence(reader: Reader, depth: number): PatternNode {
  const items: PatternNode[] = [];
  for (;;) {
    const token = reader.tokens[reader.at];
    if (token === undefined || token === "|" || token === ")") return { kind: "sequence", items };
    reader.at += 1;
    items.push(repeated(readItem(reader, token, depth), reader));
  }
}

function readItem(reader: Reader, token: string, depth: number): PatternNode {
  if (token === "^" || token === "$" || token === "\\b" || token === "\\B") {
    return { kind: "assert", what: token };
  }
  if (/^\\(?:[1-9]|k)/.test(token)) throw new PatternError(`it refers back (${token})`);
  if (!token.startsWith("(")) return { kind: "character", source: token };
  if (!/^\((?:\?:|\?<[^=!].*)?$/u.test(token)) {
    throw new PatternError(`it looks around or switches a mode (${token}…)`);
  }
  const group = readChoice(reader, depth + 1);
  reader.at += 1;
  return group;
}

function repeated(item: PatternNode, reader: Reader): PatternNode {
  const bounds = readBounds(reader.tokens[reader.at] ?? "");
  if (bounds === null) return item;
  reader.at += 1;
  return { kind: "repeat", item, ...bounds };
}

/**
 * "*" => 0 to infinity · "{2}" => 2 to 2 · "a" => null. Lazy or greedy makes no difference here.
 */
function readBounds(token: string): { min: number; max: number } | null {
  if (token.startsWith("*")) return { min: 0, max: Number.POSITIVE_INFINITY };
  if (token.startsWith("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
  if (token.startsWith("?")) return { min: 0, max: 1 };
  const match = /^\{(\d+)(,?)(\d*)\}/.exec(token);
  if (match === null) return null;
  const min = Number(match[1]);
  if (match[2] === "") return { min, max: min };
  return { min, max: match[3] === "" ? Number.POSITIVE_INFINITY : Number(match[3]) };
}
