import type { Step } from "../map/document.ts";
import { letterCase } from "./case.ts";
import { concatenate } from "./concatenate.ts";
import { constant } from "./constant.ts";
import { countryCode } from "./country-code.ts";
import { defaultValue } from "./default.ts";
import { emptyAsNone } from "./empty-as-none.ts";
import { firstValue } from "./first-value.ts";
import { joinNameParts } from "./join-name.ts";
import { money } from "./money.ts";
import { scale } from "./scale.ts";
import { splitNameParts } from "./split-name.ts";
import { splitText } from "./split-text.ts";
import type { Prepared, Transform } from "./transform.ts";
import { trim } from "./trim.ts";
import { valueTable } from "./value-table.ts";

/** Every transform, in the order of the palette. */
export const TRANSFORMS: readonly Transform[] = [
  trim,
  letterCase,
  emptyAsNone,
  defaultValue,
  firstValue,
  valueTable,
  scale,
  money,
  countryCode,
  joinNameParts,
  splitNameParts,
  concatenate,
  splitText,
  constant,
];

const BY_ID: ReadonlyMap<string, Transform> = new Map(TRANSFORMS.map((t) => [t.id, t]));

export function findTransform(id: string): Transform | null {
  return BY_ID.get(id) ?? null;
}

/** Checks a step's settings and makes it ready to run. */
export function prepareStep(step: Step): Prepared {
  const transform = findTransform(step.transform);
  if (transform !== null) return transform.prepare(step.settings);
  const message = `There is no transform "${step.transform}".`;
  return { ok: false, problems: [{ place: "", message }] };
}

/** What a step does, in one plain sentence, for chips and differences. */
export function describeStep(step: Step): string {
  const prepared = prepareStep(step);
  if (prepared.ok) return prepared.sentence;
  const [first] = prepared.problems;
  return `${findTransform(step.transform)?.title ?? step.transform}: ${first?.message ?? ""}`;
}
