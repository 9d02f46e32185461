import { type FieldValue, isList } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { type One, proving } from "./each-value.ts";
import { problem } from "./transform.ts";

/** Treats lists, lets no value through, and refuses the rest. */
export function ofList(convert: (list: readonly FieldValue[]) => One): (value: FieldValue) => One {
  return (value) => {
    if (value === null) return null;
    return isList(value) ? convert(value) : problem("type", `${quoteValue(value)} is not a list.`);
  };
}

/** The way back of a step that only tidies: what is tidy already is written as it is. */
export function asItIs(read: (value: FieldValue) => One): ReturnType<typeof proving> {
  return proving(read, (value) => value);
}

/** What two members have in common that are the same. */
export function memberKey(member: FieldValue): string {
  return typeof member === "string" ? `"${member.normalize("NFC")}` : JSON.stringify(member);
}
