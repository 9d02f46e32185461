import { z } from "zod";
import type { Place } from "./place.ts";

const id = z.string().optional();

/** A place from outside. Apart from `Place`, so that screens which name places need no zod. */
export const PlaceShape = z
  .strictObject({
    ...{ system: id, dimension: id, entity: id, field: id, group: id, split: id },
    ...{ binding: id, edge: id, column: id },
    step: z.int().min(0).optional(),
  })
  // JSON has no key without a value.
  .transform((place) => place as Place);
