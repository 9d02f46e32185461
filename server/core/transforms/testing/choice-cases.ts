import fc from "fast-check";
import type { FieldValue } from "../../values/field-value.ts";
import { type LawCase, one, text, two } from "./law-case.ts";

const country = fc.constantFrom<FieldValue>(
  ...["Germany", "GERMANY", "Great Britain", "UK", "Congo", "the Netherlands", "Atlantis", ""],
  ...["DE", "de", "GBR", "XK", "Kosovo", "Türkiye", "Turkey", "U.S.A.", "Cote d'Ivoire"],
  null,
);
const states = fc.constantFrom<FieldValue>("A", "ACT", "G", "Q", "", null, true, false);
const rows = [
  { from: "A", to: "active" },
  { from: "G", to: "gone" },
  { from: true, to: "yes" },
];

export const CHOICE_CASES: readonly LawCase[] = [
  { id: "empty-as-none", settings: {}, columns: one(text) },
  { id: "empty-as-none", settings: { write: "empty" }, columns: two(text) },
  { id: "default", settings: { value: "a" }, columns: one(text) },
  { id: "default", settings: { value: "a", alsoEmpty: true }, columns: one(text) },
  { id: "value-table", settings: { rows }, columns: one(states) },
  { id: "value-table", settings: { rows, otherwise: "x" }, columns: one(states), mayRefuse: true },
  {
    id: "value-table",
    settings: { rows: [...rows, { from: "ACT", to: "active" }], firstBack: true },
    columns: two(states),
  },
  {
    id: "value-table",
    settings: { rows: [...rows, { from: "", to: null }] },
    columns: one(states),
  },
  {
    id: "value-table",
    settings: { rows: [...rows, { from: null, to: "new" }] },
    columns: one(states),
  },
  ...(["name", "alpha-2", "alpha-3"] as const).flatMap((column) =>
    (["name", "alpha-2", "alpha-3"] as const).map((field) => ({
      id: "country-code" as const,
      settings: { column, field },
      columns: one(country),
    })),
  ),
];
