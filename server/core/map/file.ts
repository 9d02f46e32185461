import { Document, isCollection, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { LIMITS } from "../limits.ts";
import type { MapDocument } from "./document.ts";
import { entriesOf } from "./file/fields-in-file.ts";
import { issueSentence } from "./file/issue-sentence.ts";
import { FILE_FORMAT, fromShape, type MapFile, MapFileShape, toShape } from "./file/map-file.ts";
import {
  type DataPath,
  type FilePosition,
  pathWords,
  positionAt,
  valueAt,
} from "./file/yaml-places.ts";
import type { Place } from "./place.ts";

/** What is wrong with a file, and where. */
export type FileProblem = FilePosition & {
  /** "entities › product › fields › price"; "" is the file as a whole. */
  readonly path: string;
  /** What is wrong and the way out, in whole sentences, without the place. */
  readonly message: string;
};

export type ParsedFile =
  | {
      readonly ok: true;
      readonly file: MapFile;
      /** Where the file says what a place of the map is about. */
      positionOf(place: Place): FilePosition;
      /** Where the file says how a system is reached. */
      positionOfSetting(system: string, setting?: string): FilePosition;
    }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Most problems that one reading tells: whoever wrote the file starts at the top anyway. */
const PROBLEMS_MAX = 50;
/** How often anchors may be repeated in all: more is an attack or a mistake. */
const ALIASES_MAX = 100;

const LINE_WIDTH = 100;

const HEADER = ` A map of Fieldline: which systems there are, what their fields mean, who owns them.
 "fieldline apply <file>" publishes it, "fieldline export" writes it.
 A secret stands here as { secret: "env:NAME" }, taken from the environment when the file is
 applied, or as { secret: "stored" } when the hub has it already.`;

/**
 * Reads a map file. Never throws for what a file may contain: too large, no YAML, wrong shape and
 * repeated anchors are problems with their lines.
 */
export function parseMapFile(text: string): ParsedFile {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > LIMITS.mapFileBytesMax) {
    const most = `${LIMITS.mapFileBytesMax / 1024 / 1024} MB`;
    return failed([wholeFile(`The file has ${bytes} bytes, and at most ${most} are read.`)]);
  }
  try {
    return parseText(text);
  } catch (error) {
    if (error instanceof RangeError) return failed([wholeFile("The file is nested too deep.")]);
    if (!(error instanceof ReferenceError)) throw error;
    const message = `An anchor is repeated more than ${ALIASES_MAX} times. Write it out instead.`;
    return failed([wholeFile(message)]);
  }
}

function parseText(text: string): ParsedFile {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const faults = [...yaml.errors, ...yaml.warnings];
  if (faults.length > 0) {
    return failed(
      faults.map(({ message, pos }) => {
        const { line, col } = lines.linePos(pos[0]);
        return { line, column: col, path: "", message: faultWords(message) };
      }),
    );
  }
  const raw: unknown = yaml.toJS({ maxAliasCount: ALIASES_MAX });
  const reading: Reading = { yaml, lines, raw };
  const early = [...formatProblems(reading), ...inexactNumbers(reading), ...brokenTexts(reading)];
  if (early.length > 0) return failed(early);
  const parsed = MapFileShape.safeParse(raw);
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, PROBLEMS_MAX);
    return failed(issues.map((issue) => toProblem(reading, issue)));
  }
  const file = fromShape(parsed.data);
  const lost = parsed.data.systems.findIndex((one) => one.settings && one.connector === undefined);
  if (lost >= 0) {
    const message = 'There are settings and no "connector". Say which one they are for.';
    return failed([problemAt(reading, ["systems", lost], message)]);
  }
  const positionOf = (place: Place) => positionAt(yaml, lines, dataPath(file.document, place));
  const positionOfSetting = (system: string, setting?: string) => {
    const path = [...dataPath(file.document, { system }), "settings"];
    return positionAt(yaml, lines, setting === undefined ? path : [...path, setting]);
  };
  return { ok: true, file, positionOf, positionOfSetting };
}

/** The reader goes down into the text as deep as the text goes, and tells what then happens. */
function faultWords(message: string): string {
  if (message.includes("call stack")) return "The file is nested too deep.";
  return `This is no YAML: ${message}.`;
}

type Reading = { readonly yaml: Document; readonly lines: LineCounter; readonly raw: unknown };
type Issue = Parameters<typeof issueSentence>[0];

function toProblem(reading: Reading, issue: Issue): FileProblem {
  const message = issueSentence(issue, valueAt(reading.raw, issue.path));
  const key = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  return problemAt(reading, issue.path, message, key);
}

function problemAt(
  { yaml, lines, raw }: Reading,
  path: DataPath,
  message: string,
  key?: string,
): FileProblem {
  return { ...positionAt(yaml, lines, path, key), path: pathWords(raw, path), message };
}

function wholeFile(message: string): FileProblem {
  return { line: 1, column: 1, path: "", message };
}

function failed(problems: readonly FileProblem[]): ParsedFile {
  return { ok: false, problems: problems.slice(0, PROBLEMS_MAX) };
}

/** A file that is none of ours is told so in one sentence, not in fifty. */
function* formatProblems({ raw }: Reading): Generator<FileProblem> {
  const isGroup = typeof raw === "object" && raw !== null && !Array.isArray(raw);
  if (!isGroup || !("fieldline" in raw)) {
    yield wholeFile(`This is no map file: it has to begin with "fieldline: ${FILE_FORMAT}".`);
  } else if (raw.fieldline !== FILE_FORMAT) {
    const message = `This file has the format ${String(raw.fieldline)}, and this version of \
Fieldline reads the format ${FILE_FORMAT}. Install the version that wrote the file.`;
    yield wholeFile(message);
  }
}

/** YAML reads a long number as a rounded one; nobody must lose a digit without a word. */
function inexactNumbers({ yaml, lines }: Reading): FileProblem[] {
  const problems: FileProblem[] = [];
  visit(yaml, {
    Scalar(_key, { value, source, range }) {
      if (typeof value !== "number" || isExact(source ?? "", value)) return;
      const { line, col } = lines.linePos(range?.[0] ?? 0);
      const message = `The number ${source ?? value} is too long to be read exactly. Put it in \
quotes.`;
      problems.push({ line, column: col, path: "", message });
    },
  });
  return problems;
}

/** A text that no database can keep: with a NUL, or half of a sign that takes two. */
function brokenTexts({ yaml, lines }: Reading): FileProblem[] {
  const problems: FileProblem[] = [];
  visit(yaml, {
    Scalar(_key, { value, range }) {
      if (typeof value !== "string" || (value.isWellFormed() && !value.includes("\0"))) return;
      const { line, col } = lines.linePos(range?.[0] ?? 0);
      const message =
        "This text has a sign that cannot be kept (U+0000, or half a pair). Remove it.";
      problems.push({ line, column: col, path: "", message });
    },
  });
  return problems;
}

/** Whether the number is the one that stands in the text. */
function isExact(source: string, value: number): boolean {
  if (source === String(value)) return true;
  if (/^[-+]?\d+$/.test(source)) return BigInt(source) === BigInt(value);
  // A double holds 15 digits of any number, and 17 tell it from every other.
  const digits = source.replace(/e.*$/i, "").replace(/\D/g, "").replace(/^0+/, "");
  return digits.length <= 17;
}

const at = (list: readonly { id: string }[], id: string | undefined): number[] => {
  const index = list.findIndex((one) => one.id === id);
  return index < 0 ? [] : [index];
};

function entityPath({ entities }: MapDocument, place: Place): DataPath {
  const path = ["entities", ...at(entities, place.entity)];
  const entity = entities.find((one) => one.id === place.entity);
  const { group, split } = place;
  if (group !== undefined) return [...path, "groups", ...at(entity?.groups ?? [], group)];
  const entries = entity === undefined ? [] : entriesOf(entity);
  if (split !== undefined) return [...path, "fields", ...at(entries, split)];
  const field = entity?.fields.find(({ id }) => id === place.field);
  if (field === undefined) return place.field === undefined ? path : [...path, "fields"];
  if (field.split === undefined) return [...path, "fields", ...at(entries, field.id)];
  return [...path, "fields", ...at(entries, field.split.of), "members", field.split.member];
}

function dataPath(document: MapDocument, place: Place): DataPath {
  if (place.binding !== undefined) {
    const path = ["bindings", ...at(document.bindings, place.binding)];
    const edges = document.bindings.find((one) => one.id === place.binding)?.edges ?? [];
    if (place.edge === undefined) return path;
    const edge = [...path, "edges", ...at(edges, place.edge)];
    return place.step === undefined ? edge : [...edge, "steps", place.step];
  }
  if (place.entity !== undefined) return entityPath(document, place);
  if (place.dimension !== undefined) {
    return ["dimensions", ...at(document.dimensions ?? [], place.dimension)];
  }
  return place.system === undefined ? [] : ["systems", ...at(document.systems, place.system)];
}

/**
 * Writes a map file: keys in one fixed order, so that a change of the map is a small change of the
 * text. `parseMapFile` gives back exactly `file`.
 */
export function writeMapFile(file: MapFile): string {
  const yaml = new Document(toShape(file), { aliasDuplicateObjects: false });
  yaml.commentBefore = HEADER;
  visit(yaml, {
    Collection(_key, node, path) {
      if (path.length <= 1) return undefined;
      // Small things on one line, so that the shape of the whole stays in sight.
      const depth = path.length * 1.5;
      if (isFlat(node) && JSON.stringify(node.toJSON()).length + depth < LINE_WIDTH * 0.8) {
        node.flow = true;
        return visit.SKIP;
      }
      return undefined;
    },
  });
  return yaml.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Nothing inside it would be easier to read on lines of its own. */
function isFlat(node: unknown): boolean {
  if (isScalar(node)) return !String(node.value).includes("\n");
  if (!isCollection(node)) return false;
  return node.items.every((item) => {
    const value = typeof item === "object" && item !== null && "value" in item ? item.value : item;
    return isScalar(item) || isFlat(value);
  });
}
