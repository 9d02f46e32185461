import type { MapDocument } from "../../../core/map/document.ts";
import type { FieldValue } from "../../../core/values/field-value.ts";
import { isOutside } from "../scoped.ts";
import { isBlank, isSame, show } from "./audit-replay.ts";
import { hasMet, reads } from "./first-contact.ts";
import type { AuditRow, HubView, Version } from "./hub-view.ts";
import { fieldsChanged, positionOf, type Touch, type Truth } from "./truth.ts";

export type Ledger = {
  readonly truth: Truth;
  readonly view: HubView;
  readonly lines: readonly AuditRow[];
  /** The live version. */
  readonly document: MapDocument;
  /** All versions by number, the live one last. */
  readonly versions: ReadonlyMap<number, Version>;
};

/** One field of one row as a person left it, and nobody in that system changed it after. */
export type Edit = {
  readonly touch: Touch;
  /** The row's id now, or its last one. */
  readonly id: string;
  readonly field: string;
  readonly value: FieldValue | undefined;
  readonly before: FieldValue | undefined;
};

/**
 * Every edit that a person made, and that nobody of the same system took back or replaced, must be
 * found again: it stands in the hub, or a line of the audit log tells what became of it, or it is
 * asked or held. @returns a sentence for each that has vanished
 */
export function checkEdits(ledger: Ledger): string[] {
  const wrong: string[] = [];
  for (const edit of lastEdits(ledger.truth)) {
    if (!isRead(ledger, edit) || isUnread(ledger, edit)) continue;
    if (isAccountedFor(ledger, edit)) continue;
    const { touch, field, value } = edit;
    wrong.push(
      `nothing tells what became of ${field} = ${show(value)} in row ${touch.id} of ` +
        `${touch.system} (${positionOf(touch)})`,
    );
  }
  return wrong;
}

/** Of each row's field the last edit by a person, unless the row was deleted by one after it. */
function lastEdits(truth: Truth): Edit[] {
  const last = new Map<string, Map<string, Edit>>();
  for (const touch of truth.touches) {
    const { system, row, after, isOurs } = touch;
    if (after === null && !isOurs) last.delete(row);
    if (after === null || isOurs) continue;
    const edits = last.get(row) ?? new Map<string, Edit>();
    last.set(row, edits);
    for (const { field, value, before } of fieldsChanged(truth.shapeOf(system), touch)) {
      // A new row's blank fields say nothing: they yield to whoever knows more.
      if (touch.before === null && isBlank(value)) continue;
      const id = truth.idOf(system, row) ?? truth.lastIdOf(system, row) ?? touch.id;
      edits.set(field, { touch, id, field, value, before });
    }
  }
  return [...last.values()].flatMap((edits) => [...edits.values()]);
}

/**
 * Does the map read the field from this system, and did it while the row was there? One that began
 * to has read every row again.
 */
function isRead({ document, versions, truth }: Ledger, { touch, field }: Edit): boolean {
  const { system, row } = touch;
  if (!reads(document, system, field)) return false;
  const last = truth.touches.findLast((one) => one.system === system && one.row === row);
  if (last === undefined || last.after !== null) return true;
  return [...versions.values()].some(
    (version) => version.at <= last.at && reads(version.document, system, field),
  );
}

/** The row lies outside the scope: what it has is nobody's business until it comes back. */
function isUnread({ truth, document }: Ledger, { touch }: Edit): boolean {
  const { system, row } = touch;
  const last = truth.touches.findLast((one) => one.system === system && one.row === row);
  return isOutside(document, truth.shapeOf(system), last?.after ?? last?.before ?? null);
}

function isAccountedFor(ledger: Ledger, edit: Edit): boolean {
  const { touch, id, field, value } = edit;
  const { view } = ledger;
  const binding = `${touch.system}-thing`;
  const waits = (id: string) =>
    view.unmatched.some((row) => row.binding === binding && row.external_id === id) ||
    view.quarantine.some((q) => q.kind === "row" && q.binding === binding && q.external_id === id);
  if (waits(id)) return true;
  const links = view.links.filter((l) => l.binding === binding && l.external_id === id);
  if (value === undefined) return isQuarantined(view, binding, edit);
  if (links.some((link) => isSame(view.records.get(link.record)?.values[field]?.v, value))) {
    return true;
  }
  if (isQuarantined(view, binding, edit)) return true;
  const records = new Set(links.map(({ record }) => record));
  return (
    isTold(ledger, edit, records) ||
    lostLater(ledger, edit, records) ||
    isOldNews(ledger, edit, records) ||
    isOpen(view, edit, records) ||
    hasMet(ledger, edit, links)
  );
}

/** It is held under the id that the row had then, has now, or had between: then by its link. */
function isQuarantined(view: HubView, binding: string, { touch, id, field }: Edit): boolean {
  const ids = [id, touch.id];
  const links = view.links.filter((l) => l.binding === binding && l.external_id === id);
  return view.quarantine.some(
    (q) =>
      q.kind === "value" &&
      q.binding === binding &&
      q.field === field &&
      (ids.includes(q.external_id ?? "") || links.some((link) => link.id === q.link)),
  );
}

function isOpen(view: HubView, { field, value, touch }: Edit, records: Set<string>): boolean {
  return view.conflicts.some(
    (one) =>
      one.field === field &&
      records.has(one.record) &&
      one.candidates.some((c) => c.from === `system:${touch.system}` && isSame(c.value, value)),
  );
}

/** The system went back to the value that was last told of it: nothing has changed. */
function isOldNews({ lines }: Ledger, edit: Edit, records: Set<string>): boolean {
  const { touch, field, value } = edit;
  const place = positionOf(touch);
  const isOld = (line: AuditRow): boolean => {
    const at = line.cause["position"];
    // What is said of our own writing alone tells nothing of the row.
    if (at === undefined || at === null) return false;
    // A new record's line tells of the fields that the row decided; of others it says nothing.
    const isOf =
      line.field === field ||
      (isWholeRow(line) && field in (line.after as Record<string, unknown>));
    return isOf && records.has(line.record) && line.system === touch.system && at < place;
  };
  const last = lines.findLast(isOld);
  // What is asked was never taken over: a return to what was before withdraws it.
  const accounted = lines.findLast((line) => isOld(line) && line.kind !== "held");
  return [last, accounted].some((line) => line !== undefined && names(line, field, value));
}

/**
 * A line of this very event, of a whole read at or after it, or of the moment when the row became a
 * record's, which tells all of it: that line has the value.
 */
function isTold(ledger: Ledger, edit: Edit, records: Set<string>): boolean {
  const { lines } = ledger;
  const { touch, field, value } = edit;
  const place = positionOf(touch);
  const before = beforeItMoved(ledger, edit);
  const contacts = new Set(
    lines
      .filter(({ kind }) => kind === "linked" || kind === "created")
      .map(({ link, cause }) => `${link} ${cause["position"]}`),
  );
  return lines.some((line) => {
    if (line.system !== touch.system) return false;
    const at = line.cause["position"] ?? "";
    // The row may be another record's by now: two may have exchanged keys between whole reads.
    if (at !== place && !records.has(line.record) && !before(line)) return false;
    const isWhole = at.endsWith(":0000000000") || contacts.has(`${line.link} ${at}`);
    const isEvent = at === place || (at > place && isWhole);
    if (!isEvent) return false;
    return names(line, field, value);
  });
}

/** Of a row that has another key by now: is it a line of the record that it was until then? */
function beforeItMoved({ truth, view }: Ledger, { touch }: Edit): (line: AuditRow) => boolean {
  const move = truth.touches.find(
    ({ system, row, number, from, id }) =>
      system === touch.system && row === touch.row && number > touch.number && from !== id,
  );
  if (move === undefined) return () => false;
  const then = view.links.filter(
    (link) => link.binding === `${touch.system}-thing` && link.external_id === touch.id,
  );
  const records = new Set(then.map(({ record }) => record));
  const place = positionOf(move);
  return ({ record, cause }) => records.has(record) && (cause["position"] ?? "") < place;
}

/**
 * A later line names it as what lost: nobody there had changed it since. It was put into a column
 * that was only written then, until our write over it; or into one that was not mapped yet. A blank
 * that we wrote over has lost nothing: the line says that it stood there. So it does where the row
 * has exchanged ids with one that had the same value: for whoever reads it, nothing changed there.
 */
function lostLater({ lines, truth }: Ledger, edit: Edit, records: Set<string>): boolean {
  const { touch, field, value } = edit;
  const from = `system:${touch.system}`;
  const movedHere = truth.touches.some(
    ({ system, row, number, from, id }) =>
      system === touch.system && row === touch.row && number <= touch.number && from !== id,
  );
  const stoodThere = ({ before }: AuditRow): boolean =>
    (isBlank(value) && isBlank(before)) || (movedHere && isSame(before, value));
  return lines.some(
    (line) =>
      records.has(line.record) &&
      line.system === touch.system &&
      line.field === field &&
      (line.cause["position"] ?? "") > positionOf(touch) &&
      ((line.kind === "stored" && stoodThere(line)) ||
        (line.losers ?? []).some((loser) => loser.from === from && isSame(loser.value, value))),
  );
}

/** Does the line have this value of the field, as the winner or among the losers? */
function names(line: AuditRow, field: string, value: FieldValue | undefined): boolean {
  if (isWholeRow(line)) return isSame((line.after as Record<string, unknown>)[field], value);
  if (line.field !== field) return false;
  return (
    isSame(line.after, value) ||
    line.rule === "sum-of-deltas" ||
    (line.losers ?? []).some((loser) => isSame(loser.value, value))
  );
}

/** A new record, or a row that we made: its one line tells all its fields. */
function isWholeRow({ kind }: AuditRow): boolean {
  return kind === "created" || kind === "row-created";
}
