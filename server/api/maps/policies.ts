import { POLICIES } from "../../core/conflicts/policies/registry.ts";
import { POLICY_KINDS } from "../../core/map/document.ts";
import { viewerProcedure } from "../trpc.ts";

/** What can decide between two edits of equal rank. */
export const policies = viewerProcedure.query(() =>
  POLICY_KINDS.map((kind) => {
    const { id, title, sentence, types } = POLICIES[kind];
    return { id, title, sentence, types: types ?? null };
  }),
);
