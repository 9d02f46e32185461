import type { MapDocument } from "../../../core/map/document.ts";
import { isOutside } from "../scoped.ts";
import { breaksRule, type FieldName } from "../shapes.ts";
import { isBlank, isSame, show } from "./audit-replay.ts";
import type { AuditRow } from "./hub-view.ts";
import { stored } from "./stored.ts";
import { fieldsChanged, positionOf, type Touch, type Truth } from "./truth.ts";

export type Seeing = {
  readonly truth: Truth;
  /** The lines before this step's. */
  readonly lines: readonly AuditRow[];
  /** This step's lines before the line. */
  readonly news: readonly AuditRow[];
  /** The live version. */
  readonly document: MapDocument | undefined;
};

/** What an edit replaced without naming a loser, whoever made the edit had before their eyes. */
export function checkSeen(line: AuditRow, seeing: Seeing): string[] {
  const { truth, lines, news } = seeing;
  const { kind, field, system, before, rule, cause, link } = line;
  if (kind !== "accepted" || field === null || system === null) return [];
  if (line.losers !== null || isBlank(before) || rule === "sum-of-deltas") return [];
  const touch = truth.touches.find(
    (one) => one.system === system && positionOf(one) === cause["position"],
  );
  if (touch === undefined) return [];
  const isOfPlace = (one: AuditRow) => one.link === link && one.field === field;
  const last = news.findLast(isOfPlace) ?? lines.findLast(isOfPlace);
  // A person let the system's bad value be: it stood for the hub's from then on.
  if (last?.kind === "released") return [];
  // It is the system's own word of before: what it told in between waited, as with many others.
  if (last?.kind === "accepted" && isSame(last.after, before)) return [];
  const had = hadBefore(seeing, touch, field as FieldName);
  const asStored = stored(truth.shapeOf(system), field, before) ?? null;
  if (had.some((value) => isSame(value, before) || isSame(value, asStored))) return [];
  return [
    `${system} replaced ${field} ${show(before)}, which it never saw (it had ${show(had.at(-1))}), ` +
      `and nobody was named as having lost (${line.stream} ${line.number})`,
  ];
}

/**
 * What the row had before an edit. A value that breaks a rule hides what stood there until then,
 * and so does a time outside the scope: the hub may have missed the last of it.
 */
function hadBefore(seeing: Seeing, told: Touch, field: FieldName): (string | null)[] {
  const { truth, document } = seeing;
  const touch = told.before === null ? (unseenEnd(seeing, told) ?? told) : told;
  const shape = truth.shapeOf(touch.system);
  const read = ({ before }: Touch) => (before === null ? null : shape.read(before)[field]);
  const last = read(touch);
  const wasOutside = document !== undefined && isOutside(document, shape, touch.before);
  if (!breaksRule(field, last) && !wasOutside) {
    return [last ?? null, ...beforeUntold(seeing, touch, field)];
  }
  const rows = takenForOne(seeing, touch);
  return truth.touches
    .filter(({ system, row, number }) => {
      return system === touch.system && rows.has(row) && number <= touch.number;
    })
    .map((one) => read(one) ?? null);
}

/**
 * What people of the same system replaced while nobody read the field there: theirs was no news
 * then, and they had what stood before it.
 */
function beforeUntold(seeing: Seeing, touch: Touch, field: FieldName): (string | null)[] {
  const { truth, lines, news } = seeing;
  const shape = truth.shapeOf(touch.system);
  const set = truth.touches.findLast(
    (one) =>
      one.system === touch.system &&
      one.row === touch.row &&
      one.number < touch.number &&
      fieldsChanged(shape, one).some((it) => it.field === field),
  );
  if (set === undefined || set.isOurs || set.before === null) return [];
  const isOf = (line: AuditRow) =>
    line.system === set.system &&
    line.cause["position"] === positionOf(set) &&
    (line.field === field || line.field === null);
  if (lines.some(isOf) || news.some(isOf)) return [];
  return [shape.read(set.before)[field] ?? null, ...beforeUntold(seeing, set, field)];
}

/** The row, and those that stood under its id before it and whose end nobody was told of. */
function takenForOne(seeing: Seeing, { system, row }: Touch): ReadonlySet<string> {
  const made = seeing.truth.touches.find(
    (one) => one.system === system && one.row === row && one.before === null,
  );
  const end = made === undefined ? undefined : unseenEnd(seeing, made);
  return new Set([row, ...(end === undefined ? [] : takenForOne(seeing, end))]);
}

/**
 * The end of the row that stood under a new row's id before it, where nobody was told of that: what
 * was deleted, or got another key, and was made anew while its system was read whole looks like the
 * same (DESIGN.md §11).
 */
function unseenEnd({ truth, lines, news }: Seeing, made: Touch): Touch | undefined {
  const end = truth.touches.findLast(
    ({ system, from, id, number, after }) =>
      system === made.system &&
      from === made.id &&
      number < made.number &&
      (after === null || id !== from),
  );
  if (end === undefined) return undefined;
  const isTold = ({ kind, system, cause }: AuditRow) =>
    kind === "row-gone" && system === made.system && cause["position"] === positionOf(end);
  return lines.some(isTold) || news.some(isTold) ? undefined : end;
}
