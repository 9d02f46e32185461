import type { Field } from "../map/document.ts";
import type { FieldType } from "../values/field-value.ts";

/**
 * The type of a part of an expression. Any of them may be without a value, which is `null`;
 * `nothing` is what is null for certain, and `question` that a person is to be asked.
 */
export type Type =
  | { readonly kind: Simple }
  | { readonly kind: "list"; readonly item: Type }
  | {
      readonly kind: "object";
      /** How messages call it. */
      readonly name: string;
      readonly members: ReadonlyMap<string, Type>;
    };

type Simple =
  | "number"
  | "text"
  | "boolean"
  | "date"
  | "time"
  | "instant"
  | "moment"
  | "nothing"
  | "question";

export const NUMBER: Type = { kind: "number" };
export const TEXT: Type = { kind: "text" };
export const BOOLEAN: Type = { kind: "boolean" };
export const MOMENT: Type = { kind: "moment" };
export const NOTHING: Type = { kind: "nothing" };
export const QUESTION: Type = { kind: "question" };

export const listOf = (item: Type): Type => ({ kind: "list", item });

export const objectOf = (name: string, members: Readonly<Record<string, Type>>): Type => ({
  ...{ kind: "object", name },
  members: new Map(Object.entries(members)),
});

export const MONEY = objectOf("an amount of money", { amount: NUMBER, currency: TEXT });
export const QUANTITY = objectOf("a quantity", { amount: NUMBER, unit: TEXT });

const TYPES: Readonly<Record<Exclude<FieldType, "list" | "set">, Type>> = {
  text: TEXT,
  integer: NUMBER,
  decimal: NUMBER,
  boolean: BOOLEAN,
  date: { kind: "date" },
  time: { kind: "time" },
  instant: { kind: "instant" },
  enum: TEXT,
  money: MONEY,
  quantity: QUANTITY,
  reference: TEXT,
  json: TEXT,
};

/** What a field's values are in an expression. */
export function typeOfField({ type, options }: Pick<Field, "type" | "options">): Type {
  if (type !== "list" && type !== "set") return TYPES[type];
  const item = options?.items ?? "text";
  // Members of members have no type of their own in the map.
  return listOf(item === "list" || item === "set" ? NOTHING : TYPES[item]);
}

/** "a number", "a list of texts": as it stands in a sentence. */
export function typeWords(type: Type): string {
  if (type.kind === "list") return `a list of ${PLURALS[type.item.kind]}`;
  return type.kind === "object" ? type.name : WORDS[type.kind];
}

const WORDS: Readonly<Record<Simple, string>> = {
  number: "a number",
  text: "a text",
  boolean: "true or false",
  date: "a date",
  time: "a time of day",
  instant: "an instant",
  moment: "the time of an edit",
  nothing: "no value",
  question: "a question",
};

const PLURALS: Readonly<Record<Type["kind"], string>> = {
  number: "numbers",
  text: "texts",
  boolean: "truths",
  date: "dates",
  time: "times",
  instant: "instants",
  moment: "times of edits",
  nothing: "anything",
  question: "questions",
  list: "lists",
  object: "objects",
};

/** The type of what is one or the other; null where the two have none in common. */
export function common(a: Type, b: Type): Type | null {
  if (isOpen(a)) return b;
  if (isOpen(b)) return a;
  if (a.kind === "list" && b.kind === "list") {
    const item = common(a.item, b.item);
    return item === null ? null : listOf(item);
  }
  const isSame = a.kind === "object" && b.kind === "object" ? a.name === b.name : a.kind === b.kind;
  return isSame ? a : null;
}

/** It stands beside every type. */
const isOpen = ({ kind }: Type) => kind === "nothing" || kind === "question";
