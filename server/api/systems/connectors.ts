import { z } from "zod";
import { viewerProcedure } from "../trpc.ts";

/** What can be connected, each with the form that asks for its settings. */
export const connectors = viewerProcedure.query(({ ctx }) =>
  ctx.connectors.map(({ id, title, summary, settings, secrets, capabilities }) => ({
    id,
    title,
    summary,
    /** As JSON Schema. */
    settings: plain(z.toJSONSchema(settings, { io: "output", unrepresentable: "any" })),
    secrets,
    remainingWindow: capabilities.remainingWindow,
  })),
);

type JsonSchema = { [key: string]: unknown };

/** zod's schema objects carry hidden methods, which pages may not hand to the browser. */
function plain(schema: object): JsonSchema {
  return JSON.parse(JSON.stringify(schema)) as JsonSchema;
}
