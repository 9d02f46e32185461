import { readTaken } from "../../storage/taken-suggestions.ts";
import { viewerProcedure } from "../trpc.ts";

/** Edges that were taken from the suggestions and wait for a person to confirm them. */
export const takenSuggestions = viewerProcedure.query(({ ctx }) => readTaken(ctx.hub.sql));
