import { boolean, index, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { Role } from "../../server/core/roles.ts";

/** Sign-in works with `Date`, unlike the rest of the hub. */
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Who may sign in. Property names are those that Better Auth asks for. */
export const people = pgTable("people", {
  id: text().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique(),
  emailVerified: boolean("email_verified").notNull(),
  image: text(),
  role: text().notNull().$type<Role>(),
  createdAt: at("created_at").notNull(),
  updatedAt: at("updated_at").notNull(),
});

/** Browsers that are signed in. */
export const sessions = pgTable(
  "sessions",
  {
    id: text().primaryKey(),
    token: text().notNull().unique(),
    userId: text("person")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    expiresAt: at("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    createdAt: at("created_at").notNull(),
    updatedAt: at("updated_at").notNull(),
  },
  (table) => [
    // A person's sessions end together.
    index("sessions_by_person").on(table.userId),
  ],
);

/** How a person proves who they are: here a password, as a salted scrypt hash. */
export const accounts = pgTable(
  "accounts",
  {
    id: text().primaryKey(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: text("person")
      .notNull()
      .references(() => people.id, { onDelete: "cascade" }),
    password: text(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: at("access_token_expires_at"),
    refreshTokenExpiresAt: at("refresh_token_expires_at"),
    scope: text(),
    createdAt: at("created_at").notNull(),
    updatedAt: at("updated_at").notNull(),
  },
  (table) => [index("accounts_by_person").on(table.userId)],
);

/** One-time tokens, kept as digests until they are used or expire. */
export const verifications = pgTable(
  "verifications",
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: at("expires_at").notNull(),
    createdAt: at("created_at").notNull(),
    updatedAt: at("updated_at").notNull(),
  },
  (table) => [index("verifications_by_identifier").on(table.identifier)],
);

/** When each person was last here: what Home shows as new begins there. */
export const visits = pgTable("visits", {
  person: text()
    .primaryKey()
    .references(() => people.id, { onDelete: "cascade" }),
  /** The end of the visit before the present one; null during the first. */
  since: at("since"),
  activeAt: at("active_at").notNull(),
});
