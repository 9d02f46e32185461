import { z } from "zod";

/** Words that belong to the family name that follows them: "van der Berg", "de la Cruz". */
const PARTICLES = new Set(
  (
    "af al av bin da das de del della den der des di do dos du el ibn la le ten ter " +
    "van vom von y zu zum zur"
  ).split(" "),
);

export const NameSettings = z.strictObject({
  order: z
    .enum(["given-first", "family-first"])
    .default("given-first")
    .describe("How the full name is written: 'Ada Lovelace', or 'Lovelace, Ada'"),
  middle: z
    .enum(["given", "family"])
    .default("given")
    .describe("Where words in the middle belong: to the given or the family name"),
  missing: z
    .enum(["none", "empty"])
    .default("none")
    .describe("What a missing part becomes: no value, or the empty text"),
});
export type NameSettings = z.output<typeof NameSettings>;

/** A given and a family name; null is no value. */
export type NameParts = { readonly given: string | null; readonly family: string | null };

/**
 * Takes a full name apart, losing nothing: `joinName` gives the very same text again. A single
 * word is a given name, or a family name where that comes first.
 *
 * "Guido van Rossum" => "Guido", "van Rossum" · "Mary Jane Watson" => "Mary Jane", "Watson"
 */
export function splitName(full: string, settings: NameSettings): NameParts {
  const missing = settings.missing === "empty" ? "" : null;
  if (settings.order === "family-first") {
    const [family, given] = cut(full, full.indexOf(", "), 2) ?? [full, missing];
    return { given, family };
  }
  const words = full.split(" ");
  const start = familyStart(words, settings.middle);
  const before = words.slice(0, start).join(" ").length;
  const [given, family] = cut(full, before, 1) ?? [full, missing];
  return { given, family };
}

/** Both sides of a gap, or null when one would be empty: joining could not tell it was there. */
function cut(text: string, at: number, gapLength: number): readonly [string, string] | null {
  if (at <= 0 || at + gapLength >= text.length) return null;
  return [text.slice(0, at), text.slice(at + gapLength)];
}

/** Index of the family name's first word; there is always a word before it. */
function familyStart(words: readonly string[], middle: NameSettings["middle"]): number {
  if (middle === "family") return 1;
  let start = Math.max(words.length - 1, 1);
  while (start > 1 && PARTICLES.has((words[start - 1] ?? "").toLowerCase())) start -= 1;
  return start;
}

/** Puts a full name together; null when both parts are no value. */
export function joinName({ given, family }: NameParts, settings: NameSettings): string | null {
  if (given === null && family === null) return null;
  if (!given || !family) return given || family || "";
  return settings.order === "given-first" ? `${given} ${family}` : `${family}, ${given}`;
}

/**
 * Takes a changed full name apart where it was before: "Gabriel García Marquez" with the former
 * parts "Gabriel" and "García Márquez" keeps "Gabriel". Null when neither part is still there.
 */
export function splitNameLike(
  full: string,
  former: NameParts,
  settings: NameSettings,
): NameParts | null {
  const { given, family } = former;
  if (!given || !family) return null;
  const isGivenFirst = settings.order === "given-first";
  const [head, gap, tail] = isGivenFirst ? [given, " ", family] : [family, ", ", given];
  const parts =
    (full.startsWith(head + gap) ? cut(full, head.length, gap.length) : null) ??
    (full.endsWith(gap + tail)
      ? cut(full, full.length - tail.length - gap.length, gap.length)
      : null);
  if (parts === null) return null;
  const [first, second] = parts;
  return isGivenFirst ? { given: first, family: second } : { given: second, family: first };
}
