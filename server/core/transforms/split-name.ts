import type { FieldValue } from "../values/field-value.ts";
import { notText, restoring } from "./each-value.ts";
import { joinName, NameSettings, splitName } from "./person-name.ts";
import { defineTransform, type StepResult } from "./transform.ts";

export const splitNameParts = defineTransform({
  id: "split-name",
  summary: "Takes a full name apart into a given and a family name.",
  help:
    "Makes two fields of one column: the given name, then the family name. 'van der Berg' stays " +
    "whole, and a single word is a given name. On the way back the two are joined. A name that " +
    "would come back apart in another place waits: where names have several family names, keep " +
    "the full name in the hub and use 'Join names' for the other systems.",
  accepts: ["text"],
  returns: ["text"],
  settings: NameSettings,
  sentence: ({ order }) =>
    order === "given-first"
      ? "Takes 'Ada Lovelace' apart into given and family name; on the way back joins them."
      : "Takes 'Lovelace, Ada' apart into given and family name; on the way back joins them.",

  compile(settings) {
    const split = ([full = null]: readonly FieldValue[]): StepResult => {
      if (full === null) return { ok: true, values: [null, null] };
      if (typeof full !== "string") return notText(full);
      if (full.trim() === "") return { ok: true, values: ["", ""] };
      const { given, family } = splitName(full.trim().replace(/\s+/g, " "), settings);
      return { ok: true, values: [given, family] };
    };
    return {
      kind: "lossy",
      inputs: 1,
      outputs: 2,
      forward: split,
      backward: restoring(split, ([given = null, family = null]) => {
        if (!isText(given)) return notText(given);
        if (!isText(family)) return notText(family);
        return { ok: true, values: [joinName({ given, family }, settings)] };
      }),
    };
  },

  examples: [
    { settings: {}, forward: ["Ada Lovelace"], gives: ["Ada", "Lovelace"] },
    { settings: {}, forward: ["Guido van Rossum"], gives: ["Guido", "van Rossum"] },
    { settings: {}, forward: ["Jan van der Berg"], gives: ["Jan", "van der Berg"] },
    { settings: {}, forward: ["Mary Jane Watson"], gives: ["Mary Jane", "Watson"] },
    {
      settings: { middle: "family" },
      forward: ["Mary Jane Watson"],
      gives: ["Mary", "Jane Watson"],
    },
    { settings: {}, forward: [" Ada   Lovelace "], gives: ["Ada", "Lovelace"] },
    { settings: {}, forward: ["Plato"], gives: ["Plato", null] },
    { settings: { missing: "empty" }, forward: ["Plato"], gives: ["Plato", ""] },
    { settings: {}, forward: [""], gives: ["", ""] },
    { settings: {}, forward: [null], gives: [null, null] },
    { settings: { order: "family-first" }, forward: ["Lovelace, Ada"], gives: ["Ada", "Lovelace"] },
    { settings: { order: "family-first" }, forward: ["Plato"], gives: [null, "Plato"] },
    { settings: {}, backward: ["Ada", "Lovelace"], gives: ["Ada Lovelace"] },
    { settings: {}, backward: ["Plato", null], gives: ["Plato"] },
    { settings: {}, backward: [null, null], gives: [null] },
    {
      settings: {},
      backward: ["Ada", "Lovelace"],
      previous: ["Ada   Lovelace "],
      gives: ["Ada   Lovelace "],
    },
    { settings: {}, backward: ["Ada", "King"], previous: ["Ada   Lovelace "], gives: ["Ada King"] },
  ],
});

function isText(value: FieldValue): value is string | null {
  return value === null || typeof value === "string";
}
