import { z } from "zod";
import { MapSystem } from "../../core/map/document.ts";
import { editorProcedure } from "../trpc.ts";
import { editSystem } from "./edit-draft.ts";

const Input = z.object({
  system: z.string(),
  changes: MapSystem.pick({ name: true, code: true, line: true }).partial(),
});

/** Changes a system's name, code or line colour in the draft; live with the next publish. */
export const identify = editorProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const { system, changes } = input;
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const label = await editSystem(ctx, {
    type: "change-system",
    system,
    changes: Object.fromEntries(given),
  });
  return { label };
});
