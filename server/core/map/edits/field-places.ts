import type { Field } from "../document.ts";

/** Where fields may stand in their entity: those of one split stand together. */

/** The fields that move with this one, itself among them, and where they begin. */
export function runOf(
  fields: readonly Field[],
  field: Field,
): { readonly at: number; readonly fields: readonly Field[] } {
  if (field.split === undefined) return { at: fields.indexOf(field), fields: [field] };
  const run = fields.filter((one) => one.split?.of === field.split?.of);
  return { at: fields.findIndex((one) => run.includes(one)), fields: run };
}

/** The fields with one more, at `at` or where it tears no split; the end where `at` is missing. */
export function withField(fields: readonly Field[], field: Field, at = fields.length): Field[] {
  return fields.toSpliced(placeFor(fields, field, at), 0, field);
}

function placeFor(fields: readonly Field[], field: Field, at: number): number {
  if (field.split !== undefined) {
    const run = runOf(fields, field);
    const end = run.at + run.fields.length;
    if (run.fields.length > 0) return Math.max(run.at, Math.min(at, end));
  }
  return boundaryFrom(fields, at);
}

/** The first place from `at` on that lies between the fields of no split. */
export function boundaryFrom(fields: readonly Field[], at: number): number {
  let place = Math.min(at, fields.length);
  while (isInside(fields, place)) place += 1;
  return place;
}

/** The last such place up to `at`. */
export function boundaryBefore(fields: readonly Field[], at: number): number {
  let place = Math.min(at, fields.length);
  while (isInside(fields, place)) place -= 1;
  return place;
}

function isInside(fields: readonly Field[], place: number): boolean {
  const [before, after] = [fields[place - 1]?.split?.of, fields[place]?.split?.of];
  return before !== undefined && before === after;
}
