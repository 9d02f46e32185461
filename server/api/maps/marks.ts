import { mapMarks } from "../../storage/screens/versions.ts";
import { viewerProcedure } from "../trpc.ts";

/** The draft's revision and the live version's number: asked at every news of the map. */
export const marks = viewerProcedure.query(({ ctx }) => mapMarks(ctx.hub.sql));
