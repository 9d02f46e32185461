import { describe, expect, test } from "vitest";
import { z } from "zod";
import { checkSettings } from "./settings-check.ts";
import { type SettingsSchema, settingsFields, toJsonSchema } from "./settings-fields.ts";

const Cell = z.union([z.string(), z.boolean(), z.null()]);
const schema = z.strictObject({
  host: z.string().min(1).describe("Name or address"),
  port: z.coerce.number().int().min(1).max(65_535).default(5432),
  password: z.string().optional(),
  token: z.string().meta({ secret: true }).optional(),
  sslMode: z.enum(["disable", "require"]).optional(),
  way: z.union([z.literal("in"), z.literal("out")]).default("in"),
  archive: z.boolean().default(false),
  codes: z
    .array(z.object({ from: z.string().min(1), to: z.string().describe("The hub's value") }))
    .min(1),
  rows: z.array(z.strictObject({ from: Cell, to: Cell })).optional(),
  otherwise: Cell.optional(),
  schemas: z.array(z.string().min(1)).optional(),
  extra: z.record(z.string(), z.string()).optional(),
});

const both: [string, SettingsSchema][] = [
  ["zod", schema],
  ["JSON Schema", JSON.parse(JSON.stringify(toJsonSchema(schema)))],
];

describe.each(both)("settings given as %s", (_, given) => {
  const fields = new Map(
    settingsFields(given, ["password"]).map((field) => [field.key, field] as const),
  );

  test("keep their order and get the control that fits", () => {
    expect([...fields].map(([key, field]) => [key, field.kind])).toEqual([
      ["host", "text"],
      ["port", "number"],
      ["password", "secret"],
      ["token", "secret"],
      ["sslMode", "choice"],
      ["way", "choice"],
      ["archive", "boolean"],
      ["codes", "pairs"],
      ["rows", "pairs"],
      ["otherwise", "cell"],
      ["schemas", "list"],
      ["extra", "json"],
    ]);
  });

  test("say what is needed, and what stands there already", () => {
    expect(fields.get("host")).toMatchObject({ required: true, hint: "Name or address" });
    expect(fields.get("port")).toMatchObject({ required: false, initial: 5432, min: 1 });
    expect(fields.get("sslMode")).toMatchObject({ label: "Ssl mode", required: false });
    expect(fields.get("way")).toMatchObject({ choices: ["in", "out"] });
    expect(fields.get("codes")).toMatchObject({
      cells: "text",
      columns: [
        { key: "from", label: "From" },
        { key: "to", label: "The hub's value" },
      ],
    });
    expect(fields.get("rows")).toMatchObject({ cells: "cell" });
  });

  test("are checked with words for people, by place", () => {
    const value = {
      host: "",
      port: 0,
      sslMode: "maybe",
      codes: [
        { from: "1", to: "new" },
        { from: "", to: "x" },
      ],
    };
    expect(checkSettings(given, value)).toEqual({
      host: "This is needed.",
      port: "At least 1.",
      sslMode: "Choose one of the list.",
      "codes[1].from": "This is needed.",
    });
    expect(checkSettings(given, {})).toMatchObject({
      host: "This is needed.",
      codes: "This is needed.",
    });
    expect(checkSettings(given, { host: "db", codes: [{ from: "1", to: "new" }] })).toEqual({});
  });
});

test("a secret that is stored already is not asked for again", () => {
  const secret = z.object({ password: z.string() });
  expect(checkSettings(secret, {})).toEqual({ password: "This is needed." });
  expect(checkSettings(secret, {}, ["password"])).toEqual({});
});
