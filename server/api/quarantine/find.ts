import { z } from "zod";
import { validationSentence } from "../../core/map/sentences.ts";
import { checkHeld } from "../../engine/acts/check-held.ts";
import { heldLine, matchingRecords } from "../../storage/screens/quarantine.ts";
import { actOf } from "../context.ts";
import { readLiveMap } from "../live-map.ts";
import { notFound } from "../problem.ts";
import { viewerProcedure } from "../trpc.ts";
import { limitSentences } from "./limit-sentences.ts";

/** One held item: what holds it, whether it would pass now, and what it could be. */
export const find = viewerProcedure
  .input(z.object({ item: z.uuid() }))
  .query(async ({ ctx, input }) => {
    const { sql } = ctx.hub;
    const { document, titles } = await readLiveMap(sql);
    const line = await heldLine(sql, input.item, titles);
    if (line === null) throw notFound("held item", input.item);
    const checked = (await checkHeld(actOf(ctx), [line.id])).get(line.id);
    const matches = checked?.matches ?? [];
    const { value, ...item } = line;
    return {
      ...item,
      ...value,
      verdict: checked?.verdict ?? null,
      matches: line.kind === "row" ? await matchingRecords(sql, matches, line.binding, titles) : [],
      rules: [...rulesOf(), ...(await limitSentences(sql, document, line))],
    };

    function rulesOf(): string[] {
      const { entity, field, kind } = item;
      const known = document.entities.find(({ id }) => id === entity);
      const rules = known?.fields.find(({ id }) => id === field)?.validation ?? [];
      if (kind !== "value" || field === null || rules.length === 0) return [];
      return [validationSentence(document, entity, field)];
    }
  });
