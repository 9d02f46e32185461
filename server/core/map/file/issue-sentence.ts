import type { z } from "zod";
import { nearestName } from "../checks/problem.ts";

/** Every key of the format, for "did you mean". */
const KEYS = [
  ...["fieldline", "systems", "entities", "bindings", "id", "name", "code", "line", "connector"],
  ...["settings", "title", "matchKeys", "fields", "type", "options", "trim", "ignoreCase"],
  ...["key", "ignoreAccents", "only"],
  ...["values", "items", "note", "group", "ownership", "tiers", "when", "refused", "policy"],
  ...["once", "clear", "cases", "field", "is", "value"],
  ...["kind", "validation", "min", "max", "pattern", "system", "object", "entity"],
  ...["createsRecords", "createsRows", "whenRowGone", "whenRecordDeleted", "staleSecondsMax"],
  ...["groups", "dimensions", "members", "default", "per"],
  ...["severity", "rules", "field", "other", "value"],
  ...["massChange", "gone", "cleared", "changed", "rows", "percent", "archive", "back"],
  ...["scope", "match", "conditions", "whenLeft", "column", "operator"],
  ...["edges", "columns", "direction", "steps", "refersBy", "transform", "secret"],
];

/**
 * A failed check of a value as sentences: what is wrong, and the way out.
 * @param value what stands at the issue's path; undefined where nothing does
 */
export function issueSentence(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map(unknownKey).join(" ");
    case "invalid_type":
      return value === undefined
        ? missing(issue)
        : `${mustBe(expectedWords(issue.expected), value)}`;
    case "invalid_value":
      return value === undefined ? missing(issue) : wrongChoice(issue.values, value);
    case "invalid_union":
      return wrongKind(issue, value);
    case "too_small":
      return `This is too ${sizeWord(issue.origin, "small")}: it needs at least ${amount(issue, issue.minimum)}.`;
    case "too_big":
      return `This is too ${sizeWord(issue.origin, "big")}: it may have at most ${amount(issue, issue.maximum)}.`;
    case "invalid_format":
      return `${shown(value)} cannot stand here. ${sentence(issue.message)}`;
    default:
      return sentence(issue.message);
  }
}

function unknownKey(key: string): string {
  const near = nearestName(key, KEYS);
  const hint = near === null ? "Remove it." : `Did you mean "${near}"?`;
  return `"${key}" is not known here. ${hint}`;
}

function missing(issue: z.core.$ZodIssue): string {
  return `"${String(issue.path.at(-1) ?? "fieldline")}" is missing here. Add it.`;
}

function mustBe(what: string, value: unknown): string {
  const isScalar = typeof value === "number" || typeof value === "boolean";
  const hint = what === "a text" && isScalar ? ` Put it in quotes: "${String(value)}".` : "";
  return `This must be ${what}, and it is ${shown(value)}.${hint}`;
}

function wrongChoice(choices: readonly unknown[], value: unknown): string {
  const names = choices.map(String);
  const near = typeof value === "string" ? nearestName(value, names) : null;
  const hint = near === null ? "" : ` Did you mean ${near}?`;
  if (names.length === 1) return `This must be ${names[0]}, and it is ${shown(value)}.`;
  return `This must be one of ${names.join(", ")}, and it is ${shown(value)}.${hint}`;
}

/** Several forms are possible and none fits; one that a key tells apart is named by that key. */
function wrongKind(issue: z.core.$ZodIssueInvalidUnion, value: unknown): string {
  const { discriminator } = issue as { discriminator?: string };
  if (discriminator === undefined) return `${shown(value)} cannot stand here.`;
  return `"${discriminator}" must say which kind this is, and ${shown(value)} is none of them.`;
}

function expectedWords(expected: string): string {
  return EXPECTED[expected] ?? `of the type ${expected}`;
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of keys and values",
  record: "a group of keys and values",
};

function sizeWord(origin: string, size: "small" | "big"): string {
  if (origin === "string") return size === "small" ? "short" : "long";
  return size;
}

function amount(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  bound: number | bigint,
): string {
  const one = bound === 1 || bound === 1n;
  if (issue.origin === "string") return `${bound} character${one ? "" : "s"}`;
  if (issue.origin === "array") return `${bound} ${one ? "entry" : "entries"}`;
  return String(bound);
}

/** What stands there, shortened. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a group of keys and values";
  const text = String(value);
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return typeof value === "string" ? `"${short}"` : short;
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
