import { LIMITS } from "../limits.ts";
import type { FieldMassLimits, MassLimit, MassLimits } from "./document.ts";

export const MASS_KINDS = ["gone", "cleared", "changed"] as const;
/** gone: rows that are told as deleted · cleared, changed: rows in which one field is */
export type MassKind = (typeof MASS_KINDS)[number];

/**
 * What holds where the map says nothing. A change of one field is not limited: an honest new price
 * list changes every price, and no number tells it from a wrong one.
 */
export const MASS_DEFAULTS: Readonly<Record<MassKind, MassLimit>> = {
  gone: { rows: LIMITS.massChangeCountMax, percent: LIMITS.massChangeShareMax * 100 },
  cleared: { rows: LIMITS.massChangeCountMax, percent: LIMITS.massChangeShareMax * 100 },
  changed: "off",
};

const WHAT: Readonly<Record<MassKind, string>> = {
  gone: "rows are gone",
  cleared: "rows lose the value of one field",
  changed: "rows change one field",
};

/** => "when more than 3 and more than 20 % of the rows are gone at once, a person is asked" */
export function massChangeWords(limits: MassLimits | FieldMassLimits | undefined): string {
  const said = MASS_KINDS.flatMap((kind) => {
    const limit = (limits as MassLimits | undefined)?.[kind];
    return limit === undefined ? [] : [limitWords(kind, limit)];
  });
  return said.length === 0 ? "a mass change waits at the usual limits" : said.join("; ");
}

/** One limit as a sentence without a full stop. */
export function limitWords(kind: MassKind, limit: MassLimit): string {
  if (limit === "off") return `nobody is asked however many ${WHAT[kind]}`;
  const { rows, percent } = limit;
  return `when more than ${rows} and more than ${percent} % of the ${WHAT[kind]} at once, a person is asked`;
}
