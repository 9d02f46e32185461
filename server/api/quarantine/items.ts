import { z } from "zod";
import { checkHeld } from "../../engine/acts/check-held.ts";
import { heldLines } from "../../storage/screens/quarantine.ts";
import { actOf } from "../context.ts";
import { readLiveMap } from "../live-map.ts";
import { viewerProcedure } from "../trpc.ts";
import { HeldFilterInput } from "./held-filter.ts";

/** Each of them is tested anew when it is shown. */
const PAGE_ITEMS = 50;

const Input = z.object({ filter: HeldFilterInput, cursor: z.uuid().nullish() });

/** Held items in pages, each with whether it would pass now. */
export const items = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { sql } = ctx.hub;
  const { titles } = await readLiveMap(sql);
  const page = { after: input.cursor ?? null, countMax: PAGE_ITEMS, titles };
  const lines = await heldLines(sql, input.filter, page);
  const checked = await checkHeld(
    actOf(ctx),
    lines.map(({ id }) => id),
  );
  return {
    items: lines.map(({ value, ...line }) => ({
      ...line,
      ...value,
      verdict: checked.get(line.id)?.verdict ?? null,
    })),
    nextCursor: lines.length === PAGE_ITEMS ? (lines.at(-1)?.id ?? null) : null,
  };
});
