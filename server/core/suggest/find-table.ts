import type { Step } from "../map/document.ts";
import { prepareStep } from "../transforms/registry.ts";
import type { ColumnValue } from "../values/field-value.ts";
import { type FoundStep, foundStep } from "./found-step.ts";
import { normalForm } from "./normal-form.ts";
import { type Both, countBy } from "./together.ts";

/** More codes than this are not a table that somebody would read. */
const ROWS_MAX = 30;
/** How often each code is seen on average, at least. */
const SEEN_MIN = 3;
const AGREES_MIN = 0.95;

/**
 * A value table that rows and their records show: each code has one meaning and each meaning one
 * code, in nearly all of them.
 * @param shareMin of the rows that must agree with it
 */
export function findTable(both: readonly Both[], shareMin: number): FoundStep | null {
  const told = both.filter(({ column, field }) => isCode(column) && isCode(field));
  if (told.length === 0) return null;
  const counts = countBy(told.map(({ column, field }) => JSON.stringify([column, field])));
  const [meanings, codes] = [new Map<ColumnValue, ColumnValue>(), new Set<ColumnValue>()];
  let agreeing = 0;
  for (const [pair, count] of [...counts].toSorted(mostFirst)) {
    const [from, to] = JSON.parse(pair) as [ColumnValue, ColumnValue];
    if (meanings.has(from) || codes.has(to)) continue;
    meanings.set(from, to);
    codes.add(to);
    agreeing += count;
  }
  const { size } = meanings;
  if (size < 2 || size > ROWS_MAX || told.length < SEEN_MIN * size) return null;
  if (agreeing / told.length < Math.max(AGREES_MIN, shareMin)) return null;
  const rows = [...meanings]
    .map(([from, to]) => ({ from: from as string | boolean, to: to as string | boolean }))
    .toSorted((a, b) => (String(a.from) < String(b.from) ? -1 : 1));
  const step: Step = { transform: "value-table", settings: { rows } };
  const prepared = prepareStep(step);
  return prepared.ok ? foundStep(step, prepared.step) : null;
}

function isCode(value: ColumnValue): boolean {
  return (typeof value === "string" || typeof value === "boolean") && normalForm(value) !== null;
}

function mostFirst([a, n]: [string, number], [b, m]: [string, number]): number {
  return m - n || (a < b ? -1 : 1);
}
