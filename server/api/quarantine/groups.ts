import { heldGroups } from "../../storage/screens/quarantine.ts";
import { readLiveMap } from "../live-map.ts";
import { viewerProcedure } from "../trpc.ts";
import { HeldFilterInput } from "./held-filter.ts";

/** What is held, by cause, with the map's names for it. */
export const groups = viewerProcedure.input(HeldFilterInput).query(async ({ ctx, input }) => {
  const { sql } = ctx.hub;
  const [{ document, version }, matching, all] = await Promise.all([
    readLiveMap(sql),
    heldGroups(sql, input),
    heldGroups(sql, {}),
  ]);
  return {
    groups: matching,
    all: all.reduce((total, group) => total + group.count, 0),
    version,
    systems: document.systems,
    bindings: document.bindings.map(({ id, object }) => ({ id, object })),
    /** With every field's rules: the browser tests what is entered as the server will. */
    entities: document.entities.map(({ id, name, fields }) => ({ id, name, fields })),
  };
});
