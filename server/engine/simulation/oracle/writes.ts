import { isSame, show } from "./audit-replay.ts";
import type { AuditRow } from "./hub-view.ts";
import { fieldsChanged, positionOf, type Touch, type Truth } from "./truth.ts";

export type Writes = {
  readonly truth: Truth;
  readonly lines: readonly AuditRow[];
  /** Systems that forget what became of a transaction: nobody can tell that a write was ours. */
  readonly forgetful: readonly string[];
};

/**
 * Every field of a row that a write of ours changed has exactly one line of it, which tells what
 * stood there. @returns a sentence for each that has none, or another
 */
export function checkWrites({ truth, lines, forgetful }: Writes): string[] {
  const ours = truth.touches.filter(
    ({ isOurs, system, before, after }) =>
      isOurs && before !== null && after !== null && !forgetful.includes(system),
  );
  return ours.flatMap((touch) => fieldsOf(truth, touch, lines));
}

function fieldsOf(truth: Truth, touch: Touch, lines: readonly AuditRow[]): string[] {
  const of = lines.filter(
    ({ kind, system, cause }) =>
      (kind === "stored" || kind === "adjusted") &&
      system === touch.system &&
      cause["position"] === positionOf(touch),
  );
  return fieldsChanged(truth.shapeOf(touch.system), touch).flatMap(({ field, value, before }) => {
    const told = of.filter((line) => line.field === field);
    const [line] = told;
    const where = `our write of ${field} = ${show(value)} over ${show(before)} to row ${touch.id}`;
    if (line === undefined || told.length > 1) {
      return [`${where} of ${touch.system} has ${told.length} lines (${positionOf(touch)})`];
    }
    // What meant nothing in the hub is told as its column had it.
    if (before === undefined || isSame(line.before ?? null, before)) return [];
    return [`${where} of ${touch.system} is told as if ${show(line.before)} had stood there`];
  });
}
