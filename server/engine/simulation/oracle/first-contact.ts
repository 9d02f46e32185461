import type { MapDocument } from "../../../core/map/document.ts";
import { isBlank, isSame } from "./audit-replay.ts";
import type { Edit, Ledger } from "./edits.ts";
import type { AuditRow, LinkRow } from "./hub-view.ts";
import { positionOf, type Touch } from "./truth.ts";

/**
 * What the row had when it became a record's, or when the map began to read the field there, meets
 * the record's value at first contact, where two things leave no line: a blank yields, and an equal
 * value links. A row that went back to what it had then, before anybody looked again, is no news
 * either.
 */
export function hasMet(ledger: Ledger, edit: Edit, links: readonly LinkRow[]): boolean {
  const { lines } = ledger;
  const { touch, field, value } = edit;
  const place = positionOf(touch);
  return links.some((link) => {
    if (isBlank(value) && comesBackUnknown(lines, link, { field, place })) return true;
    if (meetsWhenRead(ledger, edit, link)) return true;
    const at = lines.findIndex(({ link: of, kind }) => of === link.id && CONTACTS.has(kind));
    const contact = lines[at]?.cause["position"] ?? "";
    if (at < 0) return false;
    if (contact >= place) {
      return isBlank(value) || isSame(valueAt(lines.slice(0, at), link.record, field), value);
    }
    // What was only asked since was never taken over: a return withdraws it (DESIGN.md §2, held).
    // What a target did not take has no place, and says nothing of what it told.
    const isNewer = ({ kind, cause, ...line }: AuditRow) =>
      kind !== "held" &&
      line.link === link.id &&
      line.field === field &&
      (cause["position"] ?? place) < place;
    return !lines.some(isNewer) && isSame(fieldOfRow(ledger, edit, contact), value);
  });
}

/** A row became a record's, or we made it for one. */
const CONTACTS: ReadonlySet<string> = new Set(["linked", "row-created"]);

/**
 * A later version of the map began to read the field there, and met the value in a whole read; from
 * its publishing until a line tells of the field, the hub had the same at some time.
 */
function meetsWhenRead({ lines, versions }: Ledger, edit: Edit, link: LinkRow): boolean {
  const { field, value, touch } = edit;
  const numbers = [...versions.keys()].sort((a, b) => a - b);
  return numbers.slice(1).some((number, before) => {
    const [then, now] = [versions.get(numbers[before] ?? 0), versions.get(number)];
    if (now === undefined || !reads(now.document, touch.system, field)) return false;
    if (then === undefined || reads(then.document, touch.system, field)) return false;
    const isSince = (line: AuditRow) => line.map_version >= number;
    const isTold = (line: AuditRow) =>
      line.link === link.id && line.field === field && line.kind !== "held";
    const from = lines.findIndex(isSince);
    if (from < 0 || lines.slice(0, from).some(isTold)) return false;
    const told = lines.findIndex((line) => isSince(line) && isTold(line));
    const until = told < 0 ? lines.length : told;
    for (let at = from; at <= until; at += 1) {
      if (isBlank(value) || isSame(valueAt(lines.slice(0, at), link.record, field), value)) {
        return true;
      }
    }
    return false;
  });
}

/** Does the map read the field from this system? */
export const reads = ({ bindings }: MapDocument, system: string, field: string): boolean =>
  bindings.some(
    (binding) =>
      binding.system === system &&
      binding.edges.some(({ direction, fields }) => direction !== "out" && fields.includes(field)),
  );

/** Nothing of the field was ever agreed with the row, and then it came back into the scope. */
function comesBackUnknown(
  lines: readonly AuditRow[],
  { id }: LinkRow,
  { field, place }: { readonly field: string; readonly place: string },
): boolean {
  const at = lines.findIndex(
    ({ kind, rule, link, cause }) =>
      link === id && kind === "linked" && rule === "scope" && (cause["position"] ?? "") >= place,
  );
  const whole = ["created", "row-created"];
  const isAgreed = (line: AuditRow) =>
    line.link === id && line.kind !== "held" && (line.field === field || whole.includes(line.kind));
  return at >= 0 && !lines.slice(0, at).some(isAgreed);
}

/**
 * What the edited row had in the field at a place of its system's order; or the one before it under
 * its id, for one that was made anew between two whole reads looks like the same (DESIGN.md §11).
 */
function fieldOfRow({ truth }: Ledger, { touch, field, id }: Edit, place: string): unknown {
  const { system, row } = touch;
  // We may have given the row another id since.
  const isOf = (one: Touch) => one.row === row || one.id === id || one.id === touch.id;
  const then = truth.touches.findLast(
    (one) => one.system === system && isOf(one) && positionOf(one) <= place,
  );
  const read: Readonly<Record<string, unknown>> = truth.shapeOf(system).read(then?.after ?? {});
  return read[field];
}

/** The hub's value of a field as these lines leave it. */
function valueAt(lines: readonly AuditRow[], record: string, field: string): unknown {
  const last = lines.findLast(
    (line) =>
      line.record === record &&
      ((line.kind === "created" && field in (line.after as object)) ||
        (line.field === field && ["accepted", "resolved", "set"].includes(line.kind))),
  );
  if (last?.kind !== "created") return last?.after;
  return (last.after as Record<string, unknown>)[field];
}
