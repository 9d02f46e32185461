import { readDraft } from "../../storage/drafts.ts";
import { readSchemas } from "../../storage/systems.ts";
import { viewerProcedure } from "../trpc.ts";

/** Everything that the systems hold and a map can bind, without their columns. */
export const objects = viewerProcedure.query(async ({ ctx }) => {
  const [schemas, draft] = await Promise.all([readSchemas(ctx.hub.sql), readDraft(ctx.hub.sql)]);
  return Object.entries(schemas).flatMap(([system, list]) =>
    list.map(({ name, kind, key, columns, rowsEstimate }) => ({
      ...{ system, name, kind },
      columns: columns.length,
      rowsEstimate: rowsEstimate ?? null,
      hasKey: key.length > 0,
      boundTo: draft.document.bindings
        .filter((binding) => binding.system === system && binding.object === name)
        .map(({ entity }) => entity),
    })),
  );
});
