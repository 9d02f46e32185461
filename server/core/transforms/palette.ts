/**
 * What there is to choose from when a step is added: every transform by its id and title, grouped
 * by what it is about, in the order in which it is shown. It stands apart from the registry, so
 * that a screen which only names steps does not load what they do.
 */
export const PALETTE = [
  {
    group: "Text",
    titles: {
      trim: "Trim spaces",
      "clean-text": "Clean text",
      case: "Upper and lower case",
      "replace-text": "Replace text",
      affix: "Prefix and suffix",
      "pad-text": "Leading zeros",
      "part-of-text": "Part of a text",
      "limit-length": "Limit the length",
      "keep-characters": "Only digits or letters",
      "plain-letters": "Plain letters",
      slug: "Name for an address",
    },
  },
  {
    group: "Join and split",
    titles: {
      "join-name": "Join names",
      "split-name": "Split a name",
      concatenate: "Concatenate",
      "split-text": "Split text",
      template: "Template",
      "join-street": "Join street and number",
      "split-street": "Split street and number",
    },
  },
  {
    group: "Numbers and units",
    titles: {
      "number-format": "Number format",
      scale: "Multiply or divide",
      add: "Add or subtract",
      round: "Round",
      sign: "Sign of a number",
      percent: "Percent",
      unit: "Convert a unit",
      quantity: "Quantity",
    },
  },
  {
    group: "Money",
    titles: {
      money: "Money",
      "minor-money": "Money in cents",
      "currency-code": "Currency",
    },
  },
  {
    group: "Dates and times",
    titles: {
      "date-format": "Date format",
      "time-format": "Time format",
      "instant-format": "Date and time format",
      "local-time": "Local time",
      "instant-date": "Date of an instant",
      epoch: "Unix time",
      "date-part": "Part of a date",
      "shift-date": "Move a date",
      "join-date-time": "Join date and time",
      "split-date-time": "Split date and time",
    },
  },
  {
    group: "Codes and addresses",
    titles: {
      "country-code": "Country",
      "language-code": "Language",
      "language-tag": "Language tag",
      phone: "Phone number",
      email: "E-mail address",
      gtin: "Product number (GTIN)",
    },
  },
  {
    group: "Lists",
    titles: {
      "split-list": "List in a text",
      "list-item": "Member of a list",
      "sort-list": "Sort a list",
      distinct: "Each member once",
      "list-contains": "Is in the list",
      "list-table": "Value table for lists",
    },
  },
  {
    group: "Values and choices",
    titles: {
      "value-table": "Value table",
      "boolean-words": "Yes and no",
      conditional: "If, then, else",
      expression: "Expression",
      "empty-as-none": "Empty means none",
      default: "Default",
      "first-value": "First with a value",
      constant: "Constant",
    },
  },
] as const satisfies readonly { readonly group: string; readonly titles: object }[];

type KeysOf<Titles> = Titles extends object ? keyof Titles : never;

/** Written in maps: never changed. */
export type TransformId = KeysOf<(typeof PALETTE)[number]["titles"]> & string;

const TITLES: ReadonlyMap<string, string> = new Map(
  PALETTE.flatMap(({ titles }) => Object.entries<string>(titles)),
);

/** How a step is called; its id where there is no such transform. */
export function titleOf(transform: string): string {
  return TITLES.get(transform) ?? transform;
}
