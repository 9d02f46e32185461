import type { KeyOptions } from "../map/document.ts";
import type { ValueOptions } from "./field-value.ts";
import { foldText } from "./fold-text.ts";

/**
 * A text as a part of a match key: what two texts have in common when they name the same thing.
 * May be empty, and then it names nothing.
 *
 * "(030) 12-34", only digits => "0301234"
 */
export function foldKey(
  text: string,
  options: Pick<ValueOptions, "trim" | "ignoreCase">,
  key: KeyOptions = {},
): string {
  const { ignoreAccents = false, only } = key;
  const folded = foldText(text, {
    trim: options.trim === true || key.trim === true,
    ignoreCase: options.ignoreCase === true || key.ignoreCase === true,
  });
  const plain = ignoreAccents ? withoutAccents(folded) : folded;
  return only === undefined ? plain : plain.replace(LEFT_OUT[only], "");
}

const LEFT_OUT = { digits: /\P{Nd}/gu, "letters-and-digits": /[^\p{L}\p{Nd}]/gu } as const;

/** Marks are told apart from their letters, and left out. */
function withoutAccents(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");
}
