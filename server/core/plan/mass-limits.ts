import type { Binding, MassLimit } from "../map/document.ts";
import { MASS_DEFAULTS, type MassKind } from "../map/mass-words.ts";

/** How many rows, and what share of all of them, may change at once. */
export type CompiledMassLimit = { readonly rows: number; readonly share: number };

/** @param field null for rows as a whole */
export type MassLimitOf = (kind: MassKind, field: string | null) => CompiledMassLimit | null;

/** The limits of a binding, each field's own where its edge has one. */
export function compileMassLimits({ massChange, edges }: Binding): MassLimitOf {
  const known = new Map<string, CompiledMassLimit | null>();
  return (kind, field) => {
    const key = `${kind}\n${field ?? ""}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const own = edges.find(({ fields }) => field !== null && fields.includes(field))?.massChange;
    const limit = (kind === "gone" ? undefined : own?.[kind]) ?? massChange?.[kind];
    const compiled = compile(limit ?? MASS_DEFAULTS[kind]);
    known.set(key, compiled);
    return compiled;
  };
}

function compile(limit: MassLimit): CompiledMassLimit | null {
  return limit === "off" ? null : { rows: limit.rows, share: limit.percent / 100 };
}
