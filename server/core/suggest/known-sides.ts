import type { ValueOptions } from "../values/field-value.ts";
import { likenessOfWords, rarityAmong, wordsOf } from "./likeness.ts";
import {
  type Parts,
  patternLikeness,
  spreadLikeness,
  typeLikeness,
  UNKNOWN,
  valueLikeness,
} from "./parts.ts";
import { type Profile, profileOf, type Side } from "./profile.ts";

/** A side with what was found out about it. */
export type Known = Side & {
  readonly profile: Profile;
  readonly words: readonly (readonly string[])[];
  readonly options?: ValueOptions | undefined;
};

export type Sides = {
  readonly columns: readonly Known[];
  readonly fields: readonly Known[];
  readonly nameLikeness: (a: Known, b: Known) => number;
};

/** @param means what a word of a name stands for, where it is not the list of concepts */
export function knownSides(
  { columns, fields }: { readonly columns: readonly Side[]; readonly fields: readonly Side[] },
  means?: (word: string) => string,
): Sides {
  const known = (side: Side): Known => ({
    ...side,
    profile: profileOf(side.values),
    words: side.names.map((name) => wordsOf(name, means)),
  });
  const sides = { columns: columns.map(known), fields: fields.map(known) };
  const mainWords = (side: Known) => side.words[0] ?? [];
  const rarity = rarityAmong(sides.columns.map(mainWords), sides.fields.map(mainWords));
  const nameLikeness = (a: Known, b: Known) =>
    Math.max(
      ...a.words.flatMap((left) => b.words.map((right) => likenessOfWords(left, right, rarity))),
    );
  return { ...sides, nameLikeness };
}

/** What speaks for a pair; of values nobody could look at, nothing is known. */
export function partsOf({ nameLikeness }: Sides, column: Known, field: Known): Parts {
  const [a, b] = [column.profile, field.profile];
  const isSeen = a.count > 0 && b.count > 0;
  return {
    name: nameLikeness(column, field),
    type: typeLikeness(column, field),
    pattern: isSeen ? patternLikeness(a, b) : UNKNOWN,
    values: isSeen ? valueLikeness(a, b) : UNKNOWN,
    spread: isSeen ? spreadLikeness(a, b) : UNKNOWN,
  };
}
