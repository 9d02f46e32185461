"use client";

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { Lens } from "./lens.ts";

/** More groups are not kept folded: an address has an end, and a map has no more. */
const FOLDED_MAX = 50;

const PARAMS = {
  show: parseAsStringLiteral(["unmapped"]),
  folded: parseAsArrayOf(parseAsString),
};

/** The lens on the map; the address keeps it, so that it can be sent to somebody. */
export function useLens(): [Lens, (lens: Lens) => void] {
  const [params, setParams] = useQueryStates(PARAMS);
  const lens = useMemo(
    () => ({
      unmappedOnly: params.show === "unmapped",
      folded: (params.folded ?? []).slice(0, FOLDED_MAX),
    }),
    [params],
  );
  const setLens = ({ unmappedOnly, folded }: Lens) => {
    const show = unmappedOnly ? ("unmapped" as const) : null;
    // What is looked at is a place to come back to; a fold is only a fold.
    const history = unmappedOnly === lens.unmappedOnly ? "replace" : "push";
    void setParams({ show, folded: folded.length === 0 ? null : [...folded] }, { history });
  };
  return [lens, setLens];
}
