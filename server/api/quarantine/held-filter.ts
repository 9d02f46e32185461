import { z } from "zod";

/** Which held items are meant; a part that is left out lets all through. */
export const HeldFilterInput = z.object({
  kind: z.enum(["value", "row", "delivery"]).optional(),
  entity: z.string().optional(),
  system: z.string().optional(),
  binding: z.string().optional(),
  /** Null: items that concern no field. */
  field: z.string().nullable().optional(),
  code: z.string().optional(),
});
