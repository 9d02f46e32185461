import { z } from "zod";
import { letBeLines } from "../../storage/screens/let-be.ts";
import { readLiveMap } from "../live-map.ts";
import { viewerProcedure } from "../trpc.ts";

const SHOWN_MAX = 200;

const Input = z.object({ entity: z.string().optional(), system: z.string().optional() });

/** What people have let be and is so still, with the map's names for it. */
export const letBe = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { sql } = ctx.hub;
  const { document, titles } = await readLiveMap(sql);
  const { entity = null, system = null } = input;
  return {
    items: await letBeLines(sql, { entity, system, countMax: SHOWN_MAX, titles }),
    systems: document.systems,
    entities: document.entities.map(({ id, name, fields }) => ({ id, name, fields })),
  };
});
