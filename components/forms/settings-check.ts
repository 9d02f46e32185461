import { z } from "zod";
import { type SettingsSchema, toJsonSchema } from "./settings-fields.ts";

/** Place of a setting ("factor", "rows[2].to", "" for all of them) → what is wrong, for people. */
export type SettingsErrors = Readonly<Record<string, string>>;

/**
 * What is wrong with settings, by place; empty when all is well.
 *
 * @param kept secrets that are stored already and need not be given again
 */
export function checkSettings(
  schema: SettingsSchema,
  value: Readonly<Record<string, unknown>>,
  kept: readonly string[] = [],
): SettingsErrors {
  const parser = schema instanceof z.ZodObject ? schema : z.fromJSONSchema(toJsonSchema(schema));
  const parsed = parser.safeParse(value, { reportInput: true });
  if (parsed.success) return {};
  const errors: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const place = placeOf(issue.path);
    if (kept.includes(place) && value[place] === undefined) continue;
    errors[place] ??= messageOf(issue);
  }
  return errors;
}

/** ["rows", 2, "to"] => "rows[2].to" */
function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((place, key) => {
    if (typeof key === "number") return `${place}[${key}]`;
    return place === "" ? String(key) : `${place}.${String(key)}`;
  }, "");
}

type Issue = z.core.$ZodIssue;

/** A message of the schema's own author stands; zod's general ones are said plainly. */
function messageOf(issue: Issue): string {
  if (issue.input === undefined && issue.code === "invalid_type") return "This is needed.";
  if (!/^(Invalid|Too|Unrecognized)/.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "too_small":
      return tooSmall(issue);
    case "too_big":
      return tooBig(issue);
    case "invalid_type":
      return `Expected ${EXPECTED[issue.expected] ?? issue.expected}.`;
    case "invalid_value":
      return "Choose one of the list.";
    case "invalid_union":
      return issue.input === undefined ? "This is needed." : "This form is not known.";
    case "unrecognized_keys":
      return `Not known here: ${issue.keys.join(", ")}.`;
    default:
      return "This does not have the right form.";
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "yes or no",
  array: "a list",
  object: "named values",
};

type Small = Extract<Issue, { code: "too_small" }>;
type Big = Extract<Issue, { code: "too_big" }>;

function tooSmall({ origin, minimum }: Small): string {
  if (origin === "string") {
    return Number(minimum) <= 1 ? "This is needed." : `At least ${minimum} characters.`;
  }
  if (origin === "array") return minimum === 1 ? "Give at least one." : `At least ${minimum}.`;
  return `At least ${minimum}.`;
}

function tooBig({ origin, maximum }: Big): string {
  return origin === "string" ? `At most ${maximum} characters.` : `At most ${maximum}.`;
}
