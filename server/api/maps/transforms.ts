import { z } from "zod";
import { TRANSFORMS } from "../../core/transforms/registry.ts";
import { viewerProcedure } from "../trpc.ts";

/** Every step that an edge can have, with its settings as JSON Schema, in the palette's order. */
export const transforms = viewerProcedure.query(() =>
  TRANSFORMS.map(({ id, title, summary, help, accepts, returns, settings }) => ({
    ...{ id, title, summary, help, accepts, returns },
    settings: z.toJSONSchema(settings, { io: "input", unrepresentable: "any" }),
  })),
);
