import { z } from "zod";

/** "erp", "list-price". Chosen once and never changed: everything refers to it. */
export const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,59}$/, "Use lower-case letters, digits and hyphens, a letter first.");

/** A slug of at most so many characters: what is put together of two must fit into one. */
export const slugOf = (most: number) =>
  Slug.max(most, `Use at most ${most} characters: ids of other things are made of it.`);
