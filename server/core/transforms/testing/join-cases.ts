import fc from "fast-check";
import type { FieldValue } from "../../values/field-value.ts";
import { type LawCase, one, text, two } from "./law-case.ts";

const name = fc.oneof(
  text,
  fc
    .array(fc.constantFrom("Ada", "van", "der", "Berg", "de", ",", ", ", " ", "-"), {
      maxLength: 6,
    })
    .map((words) => words.join(" ")),
  fc.constantFrom<FieldValue>("", null, "Plato", "García Márquez", "Jan van der Berg", "A, B, C"),
);

export const JOIN_CASES: readonly LawCase[] = [
  ...(["given-first", "family-first"] as const).flatMap((order) =>
    (["given", "family"] as const).flatMap((middle) => [
      { id: "join-name" as const, settings: { order, middle }, columns: two(name) },
      {
        id: "join-name" as const,
        settings: { order, middle, missing: "empty" },
        columns: two(name),
      },
      { id: "split-name" as const, settings: { order, middle }, columns: one(name) },
      {
        id: "split-name" as const,
        settings: { order, middle, missing: "empty" },
        columns: one(name),
      },
    ]),
  ),
  { id: "concatenate", settings: { parts: 2, splits: true }, columns: two(name) },
  {
    id: "concatenate",
    settings: { parts: 3, separator: ", ", splits: true },
    columns: fc.tuple(name, name, name),
  },
  { id: "split-text", settings: { parts: 2, separator: " " }, columns: one(name) },
  { id: "split-text", settings: { parts: 3, separator: ", " }, columns: one(name) },
];
