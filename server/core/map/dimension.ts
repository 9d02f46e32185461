import { z } from "zod";
import { Slug, slugOf } from "./slug.ts";

/** Most characters of a member's id, and of its name: its fields are called by both. */
const MEMBER_ID_MAX = 20;
const MEMBER_NAME_MAX = 45;

/** "de", "German": one language, one channel, one market. */
export const Member = z.strictObject({
  id: slugOf(MEMBER_ID_MAX),
  name: z.string().min(1).max(MEMBER_NAME_MAX),
});
export type Member = z.infer<typeof Member>;

/**
 * Along what a field may have a value each: a language, a channel, a market. One list for the whole
 * map, so that a language that is added is added once.
 */
export const Dimension = z.strictObject({
  id: Slug,
  name: z.string().min(1).max(60),
  members: z.array(Member).min(1).max(100),
  /** Whose value stands for all where one must do; missing: the first member. */
  default: Member.shape.id.optional(),
});
export type Dimension = z.infer<typeof Dimension>;

/** The member whose value stands for all where one must do. */
export function defaultMember(dimension: Dimension): Member | undefined {
  const { members, default: chosen } = dimension;
  return members.find(({ id }) => id === chosen) ?? members[0];
}
