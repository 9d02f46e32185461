import { z } from "zod";
import { diffMaps } from "../../core/map/diff.ts";
import { describeStep } from "../../core/transforms/registry.ts";
import { viewerProcedure } from "../trpc.ts";
import { MapSide, readSide } from "./map-side.ts";

const Input = z.object({
  from: MapSide,
  to: MapSide,
  /** Also the rules that stayed the same. */
  context: z.boolean().default(false),
});

/** What changed between two maps, as sentences: entity, then field, then rule. */
export const diff = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const [from, to] = await Promise.all([readSide(ctx, input.from), readSide(ctx, input.to)]);
  const changes = diffMaps(from.document, to.document, {
    ...{ context: input.context, stepWords: describeStep },
  });
  return { ...changes, from: from.number, to: to.number };
});
