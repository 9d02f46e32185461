import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from "yaml";

/** A place in a file, counted from 1. */
export type FilePosition = { readonly line: number; readonly column: number };

export type DataPath = readonly PropertyKey[];

/**
 * Where in the text the value at `path` stands; where it is missing, the place that should hold
 * it.
 * @param key the place of the key itself, for one that should not be there
 */
export function positionAt(
  document: Document,
  lines: LineCounter,
  path: DataPath,
  key?: string,
): FilePosition {
  let node: Node | null = document.contents;
  for (const part of path) {
    const next = childOf(document, node, part);
    if (next === null) break;
    node = next;
  }
  const named = key === undefined ? null : keyNode(resolve(document, node), key);
  const offset = (named ?? node)?.range?.[0] ?? 0;
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** The path in words: entries with an id are named by it. "entities › product › fields › price" */
export function pathWords(root: unknown, path: DataPath): string {
  const words: string[] = [];
  let value = root;
  for (const part of path) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined;
    words.push(typeof part === "number" ? entryName(value, part) : String(part));
  }
  return words.join(" › ");
}

/** The value at a path of plain data; undefined where there is none. */
export function valueAt(root: unknown, path: DataPath): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) {
      return undefined;
    }
    value = Reflect.get(value, part);
  }
  return value;
}

function entryName(value: unknown, at: number): string {
  const id = typeof value === "object" && value !== null ? Reflect.get(value, "id") : undefined;
  return typeof id === "string" ? id : `entry ${at + 1}`;
}

function childOf(document: Document, node: Node | null, part: PropertyKey): Node | null {
  const owner = resolve(document, node);
  if (isSeq(owner) && typeof part === "number") return (owner.items[part] as Node) ?? null;
  if (!isMap(owner)) return null;
  const pair = owner.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
  return (pair?.value as Node | null | undefined) ?? (pair?.key as Node | undefined) ?? null;
}

function keyNode(owner: Node | null, key: string): Node | null {
  if (!isMap(owner)) return null;
  const pair = owner.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
  return (pair?.key as Node | undefined) ?? null;
}

function resolve(document: Document, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}
