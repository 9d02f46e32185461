import type { ConnectionOptions } from "node:tls";
import type { ClientConfig } from "pg";
import { z } from "zod";
import { LIMITS } from "../../core/limits.ts";
import { FailureError } from "../../core/run/failure.ts";

const ENCRYPTIONS = ["disable", "prefer", "require", "verify"] as const;

export const PostgresSettings = z.object({
  url: z
    .string()
    .optional()
    .describe(
      "With everything in it: postgres://user:password@host:5432/database. What is filled in below counts more.",
    )
    .meta({ title: "Address" }),
  host: z.string().optional().describe("A name or an IP address."),
  port: z.coerce.number().int().min(1).max(65_535).optional().describe("5432 when left out."),
  database: z.string().optional().describe("The user's name when left out."),
  user: z.string().optional().describe("Reads the log and writes; postgres when left out."),
  password: z.string().optional().describe("Kept sealed, and never shown again."),
  ssl: z
    .enum(ENCRYPTIONS)
    .optional()
    .describe("Prefer when left out; verify checks the certificate too.")
    .meta({ title: "Encryption" }),
  schemas: z.array(z.string().min(1)).optional().describe("All of them when left out."),
});
export type PostgresSettings = z.infer<typeof PostgresSettings>;

/** Where and as whom we connect, ready for the client. */
export type Access = {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string | undefined;
  readonly encryption: (typeof ENCRYPTIONS)[number];
  readonly schemas: readonly string[] | undefined;
};

/**
 * Reads the settings of a system.
 * @throws FailureError when they name no server, or are not of this form.
 */
export function accessOf(settings: Record<string, unknown>): Access {
  const parsed = PostgresSettings.safeParse(settings);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refused(`The setting ${issue?.path.join(".") ?? ""} is not valid: ${issue?.message}.`);
  }
  const { url, ...own } = parsed.data;
  const given = { ...(url === undefined || url === "" ? {} : partsOfUrl(url)), ...own };
  if (given.host === undefined || given.host === "") {
    throw refused("Name the server: a URL, or host, database and user.");
  }
  const user = given.user ?? "postgres";
  return {
    host: given.host,
    port: given.port ?? 5432,
    database: given.database ?? user,
    user,
    password: given.password,
    encryption: given.ssl ?? "prefer",
    schemas: given.schemas,
  };
}

const MODE_OF_URL: Readonly<Record<string, PostgresSettings["ssl"]>> = {
  disable: "disable",
  allow: "prefer",
  prefer: "prefer",
  require: "require",
  "verify-ca": "verify",
  "verify-full": "verify",
};

function partsOfUrl(text: string): Partial<PostgresSettings> {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw refused("The URL must look like postgres://user:password@host:5432/database.");
  }
  const mode = url.searchParams.get("sslmode");
  // A directory of a local socket cannot stand where a host does.
  const host = url.searchParams.get("host") ?? url.hostname.replace(/^\[|\]$/g, "");
  return {
    host: host === "" ? "localhost" : decodeURIComponent(host),
    ...(url.port === "" ? {} : { port: Number(url.port) }),
    ...(url.pathname.length < 2 ? {} : { database: decodeURIComponent(url.pathname.slice(1)) }),
    ...(url.username === "" ? {} : { user: decodeURIComponent(url.username) }),
    ...(url.password === "" ? {} : { password: decodeURIComponent(url.password) }),
    ...(mode === null ? {} : { ssl: MODE_OF_URL[mode] ?? "require" }),
  };
}

function refused(detail: string): FailureError {
  return new FailureError({ kind: "rejected", detail });
}

/**
 * What every session sets, so that values have one spelling whatever the server's defaults are.
 * `row_security=off` makes a table that would hide rows from us an error instead of a gap.
 */
const SESSION_OPTIONS = [
  "datestyle=ISO",
  "intervalstyle=postgres",
  "timezone=UTC",
  "extra_float_digits=1",
  "bytea_output=hex",
  "row_security=off",
]
  .map((option) => `-c ${option}`)
  .join(" ");

/** Time for the server's own time-out to answer before ours cuts the connection. */
const GRACE_MS = 500;

/** What the client is started with. `encrypted`: as the first connection found out. */
export function clientConfigOf(access: Access, encrypted: boolean): ClientConfig {
  return {
    host: access.host,
    port: access.port,
    database: access.database,
    user: access.user,
    password: access.password ?? "",
    ssl: encrypted ? tlsOf(access) : false,
    application_name: "fieldline connector",
    keepAlive: true,
    options: SESSION_OPTIONS,
    connectionTimeoutMillis: LIMITS.callTimeoutMs,
    query_timeout: LIMITS.callTimeoutMs + GRACE_MS,
    // Queries are sent without waiting for the answer to the one before.
    pipeline: true,
    types: { getTypeParser: () => asIs },
  };
}

/** Values are read by their column's codec: exactly, and never as a float. */
function asIs(text: string): string {
  return text;
}

function tlsOf(access: Access): ConnectionOptions {
  return access.encryption === "verify"
    ? { servername: access.host }
    : { rejectUnauthorized: false };
}
