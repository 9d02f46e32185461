import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs, Outputs } from "../../../server/api/root.ts";

export const STATES = ["living", "asked", "held", "due", "deleted"] as const;

/** The list as it stands in the address. */
export const RECORD_FILTER = {
  entity: parseAsString,
  find: parseAsString.withDefault(""),
  state: parseAsStringLiteral(STATES).withDefault("living"),
};

export const loadRecordFilter = createLoader(RECORD_FILTER);

export type RecordFilter = Awaited<ReturnType<typeof loadRecordFilter>>;
export type RecordPage = Outputs["records"]["list"];
export type RecordRow = RecordPage["records"][number];
type Asked = Omit<NonNullable<Inputs["records"]["list"]>, "cursor">;

/** The question for the server: what is not filtered by is left out. */
export function askedOf({ entity, find, state }: RecordFilter): Asked {
  return { state, search: find.trim(), ...(entity === null ? {} : { entity }) };
}

/** Pages go on behind the last record of the one before. */
export const RECORD_PAGES = { getNextPageParam: (page: RecordPage) => page.nextCursor };
