import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import type { Database } from "../../db/client.ts";
import { accounts, people, sessions, verifications } from "../../db/schema/people.ts";
import { ROLES } from "../core/roles.ts";
import { firstLink } from "./first-link-plugin.ts";
import type { IdSource } from "./ids.ts";
import { invitation } from "./invitation-plugin.ts";
import { deriveKey } from "./secrets.ts";
import { signInThrottle } from "./sign-in-throttle.ts";

/** Sign-in lives as long as this without a visit, in seconds. */
const SESSION_SECONDS = 14 * 24 * 3600;
/** A session in use is prolonged at most this often, in seconds. */
const SESSION_RENEW_SECONDS = 24 * 3600;

export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 256;

export type SignInOptions = {
  db: Database;
  ids: IdSource;
  /** 64 hexadecimal digits. */
  secret: string;
  /** Where people reach the studio, if it is known: cookies are then `Secure` under https. */
  url: string | undefined;
};

export type SignIn = ReturnType<typeof createSignIn>;

/**
 * Sign-in by e-mail and password. Nobody can sign up: the first admin comes by the link that the
 * first start prints, everybody else by an admin's invitation. Nothing is sent anywhere.
 */
export function createSignIn(options: SignInOptions) {
  return betterAuth({
    appName: "Fieldline",
    basePath: "/api/auth",
    ...(options.url === undefined ? {} : { baseURL: options.url }),
    secret: deriveKey(options.secret, "sign-in").toString("hex"),
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: drizzleAdapter(options.db, {
      provider: "pg",
      transaction: true,
      schema: { user: people, session: sessions, account: accounts, verification: verifications },
    }),
    trustedOrigins: (request) => trustedOrigins(options.url, request),
    user: {
      additionalFields: {
        role: { type: [...ROLES], required: true, defaultValue: "viewer", input: false },
      },
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_RENEW_SECONDS },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
    },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: {
        "/sign-in/email": { window: 60, max: 30 },
        "/first-link/accept": { window: 60, max: 30 },
        "/invitation/accept": { window: 60, max: 30 },
      },
    },
    advanced: {
      cookiePrefix: "fieldline",
      useSecureCookies: options.url?.startsWith("https://") ?? false,
      database: { generateId: () => options.ids.next() },
    },
    plugins: [firstLink(), invitation(), signInThrottle()],
  });
}

/** Pages of this very host may sign in and out, by whatever name the browser reached it. */
function trustedOrigins(url: string | undefined, request: Request | undefined): string[] {
  const host = request?.headers.get("host");
  const own = host === null || host === undefined ? [] : [`http://${host}`, `https://${host}`];
  return url === undefined ? own : [new URL(url).origin, ...own];
}
