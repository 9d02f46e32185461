import type { FieldValue } from "../values/field-value.ts";
import { notText, restoring } from "./each-value.ts";
import { joinName, type NameParts, NameSettings, splitName, splitNameLike } from "./person-name.ts";
import { defineTransform, type StepResult } from "./transform.ts";

export const joinNameParts = defineTransform({
  id: "join-name",
  summary: "Makes one full name of a given and a family name.",
  help:
    "Takes the column of the given name, then the column of the family name, and makes the full " +
    "name. On the way back it takes the full name apart where this row did before; a new name " +
    "is taken apart by its words, and 'van der Berg' stays whole.",
  accepts: ["text"],
  returns: ["text"],
  settings: NameSettings,
  sentence: ({ order }) =>
    order === "given-first"
      ? "Joins given and family name to 'Ada Lovelace'; on the way back takes them apart."
      : "Joins given and family name to 'Lovelace, Ada'; on the way back takes them apart.",

  compile(settings) {
    const join = (values: readonly FieldValue[]): StepResult => {
      const [given = null, family = null] = values;
      if (!isText(given)) return notText(given);
      if (!isText(family)) return notText(family);
      return { ok: true, values: [joinName({ given, family }, settings)] };
    };
    return {
      kind: "lossy",
      inputs: 2,
      outputs: 1,
      forward: join,
      backward: restoring(join, ([full = null], previous) => {
        if (full === null) return { ok: true, values: [null, null] };
        if (typeof full !== "string") return notText(full);
        const parts = apart(full, previous, settings);
        return { ok: true, values: [parts.given, parts.family] };
      }),
    };
  },

  examples: [
    { settings: {}, forward: ["Ada", "Lovelace"], gives: ["Ada Lovelace"] },
    { settings: {}, forward: ["Plato", null], gives: ["Plato"] },
    { settings: {}, forward: [null, "Berg"], gives: ["Berg"] },
    { settings: {}, forward: [null, null], gives: [null] },
    { settings: {}, forward: ["", ""], gives: [""] },
    { settings: { order: "family-first" }, forward: ["Ada", "Lovelace"], gives: ["Lovelace, Ada"] },
    { settings: {}, backward: ["Jan van der Berg"], gives: ["Jan", "van der Berg"] },
    { settings: {}, backward: ["Plato"], gives: ["Plato", null] },
    { settings: { missing: "empty" }, backward: ["Plato"], gives: ["Plato", ""] },
    { settings: {}, backward: [null], gives: [null, null] },
    { settings: {}, backward: ["Plato"], previous: ["Plato", ""], gives: ["Plato", ""] },
    {
      settings: {},
      backward: ["Gabriel García Marquez"],
      previous: ["Gabriel", "García Márquez"],
      gives: ["Gabriel", "García Marquez"],
    },
    {
      settings: {},
      backward: ["Gabo García Márquez"],
      previous: ["Gabriel", "García Márquez"],
      gives: ["Gabo", "García Márquez"],
    },
  ],
});

function apart(
  full: string,
  previous: readonly FieldValue[] | null,
  settings: NameSettings,
): NameParts {
  const [given = null, family = null] = previous ?? [];
  const like =
    isText(given) && isText(family) ? splitNameLike(full, { given, family }, settings) : null;
  return like ?? splitName(full, settings);
}

function isText(value: FieldValue): value is string | null {
  return value === null || typeof value === "string";
}
