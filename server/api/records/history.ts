import { z } from "zod";
import { asId, type RecordId } from "../../core/ids.ts";
import { historyOf } from "../../storage/screens/records.ts";
import { viewerProcedure } from "../trpc.ts";

/** Lines of one record that a screen holds at once. */
const LINES_MAX = 5_000;

const Input = z.object({
  record: z.uuid(),
  /** How long the history was said to be: a longer one is another question. */
  lines: z.int(),
});

/** Everything that ever happened to a record, oldest first. */
export const history = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const lines = await historyOf(ctx.hub.sql, asId<RecordId>(input.record), LINES_MAX);
  return { lines, isWhole: lines.length < LINES_MAX };
});
