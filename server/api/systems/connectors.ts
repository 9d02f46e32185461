import { z } from "zod";
import { viewerProcedure } from "../trpc.ts";

/** What can be connected, each with the form that asks for its settings. */
export const connectors = viewerProcedure.query(({ ctx }) =>
  ctx.connectors.map(({ id, title, summary, settings, secrets, capabilities }) => ({
    id,
    title,
    summary,
    /** As JSON Schema. */
    settings: z.toJSONSchema(settings, { io: "output", unrepresentable: "any" }) as JsonSchema,
    secrets,
    remainingWindow: capabilities.remainingWindow,
  })),
);

type JsonSchema = { [key: string]: unknown };
