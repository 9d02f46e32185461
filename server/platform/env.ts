import { z } from "zod";

/** An absent variable and an empty one mean the same: not set. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const postgresUrl = z
  .string()
  .regex(
    /^postgres(ql)?:\/\//,
    "must be an address such as postgres://user:password@host:5432/name",
  );

/** Every environment variable that the server reads. The launcher sets the first four. */
const schema = z.object({
  /** The hub's own database. */
  DATABASE_URL: optional(postgresUrl),
  /** 64 hexadecimal digits; keys are derived from it (`secrets.ts`). */
  FIELDLINE_SECRET: optional(
    z.string().regex(/^[0-9a-f]{64}$/i, "must have 64 hexadecimal digits"),
  ),
  /** The address under which people reach the studio. */
  FIELDLINE_URL: optional(z.url({ protocol: /^https?$/ })),
  /** Tells the engines of one installation apart; each process adds letters of its own. */
  FIELDLINE_ENGINE_NAME: optional(z.string().max(60)),
  FIELDLINE_LOG_LEVEL: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.enum(["debug", "info", "warn", "error"]).default("info"),
  ),
  /** `json` is one object per line for machines; `text` is for people. */
  FIELDLINE_LOG_FORMAT: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.enum(["json", "text"]).default("json"),
  ),
  /** A PostgreSQL server where tests may make databases; the test run starts and names it. */
  FIELDLINE_TEST_PG_URL: optional(postgresUrl),
});

export type Environment = z.infer<typeof schema>;

/** A variable that is missing or malformed; the message names it and says what it must be. */
export class EnvironmentProblem extends Error {
  override readonly name = "EnvironmentProblem";
}

/**
 * Reads and checks the environment. This is the one place that looks at `process.env`.
 * Throws `EnvironmentProblem`, without repeating the values: they may be secrets.
 */
export function readEnvironment(
  source: Record<string, string | undefined> = process.env,
): Environment {
  const result = schema.safeParse(source);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new EnvironmentProblem(`The environment does not fit: ${problems.join("; ")}.`);
}

/** The value of a variable that this process cannot do without. Throws `EnvironmentProblem`. */
export function requireVariable<Name extends keyof Environment>(
  name: Name,
  environment: Environment = readEnvironment(),
): NonNullable<Environment[Name]> {
  const value = environment[name];
  if (value === undefined || value === null) {
    throw new EnvironmentProblem(`${name} is not set; "npm start" sets it for its own processes.`);
  }
  return value;
}

/** Any variable, for a setting that names one: `{ secret: "env:ERP_PASSWORD" }`. */
export function readVariable(name: string): string | undefined {
  return process.env[name];
}
