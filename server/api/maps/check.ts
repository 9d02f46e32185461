import { checkMap } from "../../core/map/check.ts";
import { problemKey } from "../../core/map/checks/problem.ts";
import { readDraft } from "../../storage/drafts.ts";
import { readSchemas } from "../../storage/systems.ts";
import { viewerProcedure } from "../trpc.ts";

/** What is wrong with the draft, errors first; `key` names a problem to acknowledge it. */
export const check = viewerProcedure.query(async ({ ctx }) => {
  const [draft, schemas] = await Promise.all([readDraft(ctx.hub.sql), readSchemas(ctx.hub.sql)]);
  const problems = checkMap(draft.document, schemas);
  return {
    revision: draft.revision,
    problems: problems.map((problem) => ({ ...problem, key: problemKey(problem) })),
  };
});
