import { expect, test } from "vitest";
import type { Entity, Field } from "../document.ts";
import { LANGUAGE } from "../testing/language.ts";
import { splitFromField } from "./split-from-field.ts";

const said = { type: "text" as const, policy: { kind: "newest" as const }, validation: [] };
const field = (id: string, name: string, more: Partial<Field> = {}): Field => ({
  ...{ ...said, id, name },
  ...more,
});

const entity = (...fields: Field[]): Entity => ({
  ...{ id: "product", name: "Product", title: "sku", matchKeys: [] },
  fields: [field("sku", "SKU"), ...fields],
});

test.each([
  ["a field becomes the default member's", [field("name", "Name")], "name", "Name", { en: "name" }],
  [
    "one that is called like a member is that one's, and takes the others along",
    [field("name-de", "Name (German)"), field("name-en", "Name EN")],
    "name",
    "Name",
    { de: "name-de", en: "name-en" },
  ],
  [
    "what has another type stays by itself",
    [field("name", "Name"), field("name-de", "Name DE", { type: "integer" })],
    "name",
    "Name",
    { en: "name" },
  ],
  [
    "an id that something else has is not taken",
    [field("name-en", "English"), field("name", "Name")],
    "name-2",
    "English",
    { en: "name-en" },
  ],
])("%s", (_, fields, id, name, adopted) => {
  const [first = field("x", "X")] = fields;
  expect(splitFromField(entity(...fields), first, LANGUAGE)).toEqual({
    split: id,
    to: { ...said, name, per: "language" },
    adopted,
  });
});
