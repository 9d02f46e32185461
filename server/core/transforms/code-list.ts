import type { FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, type One, ofText } from "./each-value.ts";
import { type CompiledStep, problem } from "./transform.ts";

/** One of a list of codes, "several" where a text could be more than one, null where it is none. */
export type Found<Entry> = Entry | "several" | null;

type Listed<Form extends string, Entry> = {
  readonly entry: Entry;
  readonly spellings: Readonly<Record<Form, readonly string[]>>;
};

/** Finds entries by any of their spellings; `fold` leaves out what makes no difference. */
export function codeList<Form extends string, Entry>(
  forms: readonly Form[],
  listed: readonly Listed<Form, Entry>[],
  fold: (text: string) => string,
): (form: Form, text: string) => Found<Entry> {
  const bySpelling = new Map(forms.map((form) => [form, new Map<string, Entry | "several">()]));
  for (const { entry, spellings } of listed) {
    for (const form of forms) {
      for (const text of spellings[form]) {
        const known = bySpelling.get(form);
        const other = known?.get(fold(text));
        known?.set(fold(text), other === undefined || other === entry ? entry : "several");
      }
    }
  }
  return (form, text) => bySpelling.get(form)?.get(fold(text)) ?? null;
}

/** Turns one form of a code into another, and back; `what` it is stands in sentences. */
export function codeStep<Form extends string>(rules: {
  readonly column: Form;
  readonly field: Form;
  readonly what: string;
  find(form: Form, text: string): Found<Readonly<Record<Form, string>>>;
}): CompiledStep {
  const { column, field, what, find } = rules;
  const turn = (from: Form, to: Form): ((value: FieldValue) => One) =>
    ofText((text) => {
      const entry = find(from, text);
      if (entry === "several") {
        return problem("several", `${quoteValue(text)} could be more than one ${what}.`);
      }
      if (entry === null) return problem("unknown", `${quoteValue(text)} is no ${what}.`);
      if (entry[to] !== "") return entry[to];
      return problem("unknown", `The ${what} ${quoteValue(text)} has no such code.`);
    });
  return eachValue({ kind: "lossy", read: turn(column, field), write: turn(field, column) });
}
