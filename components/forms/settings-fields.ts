import { z } from "zod";

/**
 * What a settings schema says, as fields that a form can draw. The schema comes as zod (the core's
 * transforms) or as JSON Schema (connectors, through the API).
 */
export type SettingsSchema = z.ZodObject | JsonSchema;

/** The part of JSON Schema that settings use. */
export type JsonSchema = { readonly [key: string]: unknown };

export type SettingsField = {
  /** Name of the setting. */
  key: string;
  label: string;
  hint: string | undefined;
  /** It must be given and has no default. */
  required: boolean;
  initial: unknown;
} & SettingsKind;

export type SettingsKind =
  | { kind: "text"; lines: boolean }
  | { kind: "secret" }
  | { kind: "number"; whole: boolean; min: number | undefined; max: number | undefined }
  | { kind: "boolean" }
  | { kind: "choice"; choices: readonly string[] }
  /** Text, or one of null, true and false. */
  | { kind: "cell" }
  | { kind: "pairs"; columns: readonly [PairColumn, PairColumn]; cells: "text" | "cell" }
  /** Texts, one per line. */
  | { kind: "list" }
  /** Anything else, as JSON. */
  | { kind: "json" };

export type PairColumn = { key: string; label: string };

/**
 * The fields of a settings schema, in its order.
 *
 * @param secrets names of settings that are secret, beside those that the schema marks
 */
export function settingsFields(
  schema: SettingsSchema,
  secrets: readonly string[] = [],
): SettingsField[] {
  const json = toJsonSchema(schema);
  const required = new Set(asList(json["required"]));
  return Object.entries(asObject(json["properties"])).map(([key, property]) => {
    const field = asObject(property);
    return {
      key,
      label: asText(field["title"]) ?? labelOf(key),
      hint: asText(field["description"]),
      required: required.has(key) && field["default"] === undefined,
      initial: field["default"],
      ...(secrets.includes(key) || field["secret"] === true
        ? { kind: "secret" as const }
        : kindOf(field)),
    };
  });
}

/** The schema as JSON Schema. What a form cannot draw stays open ("any"). */
export function toJsonSchema(schema: SettingsSchema): JsonSchema {
  if (!(schema instanceof z.ZodObject)) return schema;
  return { ...z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }) };
}

function kindOf(field: JsonSchema): SettingsKind {
  const choices = choicesOf(field);
  if (choices.length > 0) return { kind: "choice", choices };
  switch (field["type"]) {
    case "string":
      return { kind: "text", lines: field["lines"] === true };
    case "boolean":
      return { kind: "boolean" };
    case "integer":
    case "number":
      return {
        kind: "number",
        whole: field["type"] === "integer",
        min: bound(field["minimum"]),
        max: bound(field["maximum"]),
      };
    case "array":
      return listKind(asObject(field["items"]));
    default:
      return { kind: isCell(field) ? "cell" : "json" };
  }
}

/** Bounds that zod adds by itself (the safe integers) say nothing to a person. */
function bound(value: unknown): number | undefined {
  return typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
}

function listKind(items: JsonSchema): SettingsKind {
  if (items["type"] === "string") return { kind: "list" };
  const [first, second, ...more] = Object.entries(asObject(items["properties"]));
  if (first === undefined || second === undefined || more.length > 0) return { kind: "json" };
  const columns = [first, second] as const;
  if (!columns.every(([, column]) => isPlainCell(asObject(column)))) return { kind: "json" };
  return {
    kind: "pairs",
    columns: [pairColumn(first), pairColumn(second)],
    cells: columns.every(([, column]) => asObject(column)["type"] === "string") ? "text" : "cell",
  };
}

function pairColumn([key, column]: [string, unknown]): PairColumn {
  const { title, description } = asObject(column);
  return { key, label: asText(title) ?? asText(description) ?? labelOf(key) };
}

function isPlainCell(column: JsonSchema): boolean {
  return column["type"] === "string" || isCell(column);
}

const CELL_TYPES = new Set(["string", "boolean", "null"]);

function isCell(field: JsonSchema): boolean {
  const parts = field["anyOf"] ?? (Array.isArray(field["type"]) ? field["type"] : undefined);
  if (!Array.isArray(parts)) return false;
  const types = parts.map((part) => (typeof part === "string" ? part : asObject(part)["type"]));
  return types.includes("string") && types.every((type) => CELL_TYPES.has(String(type)));
}

function choicesOf(field: JsonSchema): string[] {
  if (Array.isArray(field["enum"])) return asList(field["enum"]);
  const parts = field["anyOf"];
  if (!Array.isArray(parts)) return [];
  const constants = parts.map((part) => asObject(part)["const"]);
  return constants.every((constant) => typeof constant === "string") ? constants : [];
}

/** "fieldDigits" => "Field digits"; "ssl" => "Ssl" */
function labelOf(key: string): string {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[-_]/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function asObject(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function asList(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
