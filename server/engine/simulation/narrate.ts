import type { AuditRow } from "./oracle/hub-view.ts";
import type { Touch } from "./oracle/truth.ts";

/** A change of a row, as a story tells it. */
export type Told = Pick<Touch, "isOurs" | "system" | "id" | "before" | "after" | "transaction">;

/** What came of a step, indented below the sentence that tells the step. */
export function narrate(touches: readonly Told[], lines: readonly AuditRow[]): string[] {
  return [...touches.filter(({ isOurs }) => isOurs).map(writeWords), ...lines.map(lineWords)];
}

function writeWords({ system, id, before, after, transaction }: Told): string {
  const what = after === null ? "is deleted" : JSON.stringify(changed(before, after));
  return `  → ${system} row ${id}: ${what} (by us, transaction ${transaction})`;
}

function changed(before: Told["before"], after: NonNullable<Told["after"]>) {
  const names = Object.keys(after).filter((name) => before?.[name] !== after[name]);
  return Object.fromEntries(names.map((name) => [name, after[name]]));
}

function lineWords(line: AuditRow): string {
  const { kind, actor, record, system, field, rule, losers, cause } = line;
  const what = [
    field === null ? null : field,
    line.has_before ? `was ${JSON.stringify(line.before)}` : null,
    line.has_after ? `is ${JSON.stringify(line.after)}` : null,
    losers === null
      ? null
      : `lost ${losers.map(({ from, value }) => `${from} ${JSON.stringify(value)}`).join(", ")}`,
    `by ${rule}`,
    cause["position"] === undefined ? null : `at ${cause["position"]}`,
    cause["detail"] === undefined ? null : `(${cause["detail"]})`,
  ].filter((words) => words !== null);
  const where = system === null ? "" : ` in ${system}`;
  return `  · ${record.slice(-4)} ${kind} by ${actor}${where}: ${what.join(", ")}`;
}
