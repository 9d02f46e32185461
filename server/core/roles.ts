/** What a person may do, each role with everything of the one before it. */
export const ROLES = ["viewer", "steward", "editor", "admin"] as const;

/**
 * viewer: sees · steward: decides conflicts, releases quarantine, sets values · editor: draws and
 * publishes the map · admin: connects systems, invites people
 */
export type Role = (typeof ROLES)[number];

/** Whether somebody of role `role` may do what `needed` may do. */
export function mayActAs(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
