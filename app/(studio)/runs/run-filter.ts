import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs, Outputs } from "../../../server/api/root.ts";
import { RUN_KINDS, RUN_STATES } from "./run-words.ts";

/** The filter of the list, as it stands in the address. */
export const RUN_FILTER = {
  kind: parseAsStringLiteral(RUN_KINDS),
  state: parseAsStringLiteral(RUN_STATES),
  system: parseAsString,
};

export const loadRunFilter = createLoader(RUN_FILTER);

type Filter = Awaited<ReturnType<typeof loadRunFilter>>;
type Page = Outputs["runs"]["list"];
type Question = Omit<NonNullable<Inputs["runs"]["list"]>, "cursor">;

/** The question for the server: what is not filtered by is left out. */
export function questionOf({ kind, state, system }: Filter): Question {
  return {
    ...(kind === null ? {} : { kind }),
    ...(state === null ? {} : { state }),
    ...(system === null ? {} : { system }),
  };
}

/** Pages go on behind the last run of the one before. The server and the browser ask alike. */
export const RUN_PAGES = { getNextPageParam: (page: Page) => page.nextCursor };
