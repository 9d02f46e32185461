import { expect, test } from "vitest";
import type { Question } from "./conflict-filter.ts";
import { neighbour, queueRows } from "./queue-rows.ts";

const question = (id: string, field: string | null): Question =>
  ({ id, field, entity: "product", kind: field === null ? "delete" : "field" }) as Question;

const NAMES = {
  entities: [{ id: "product", name: "Product", fields: [{ id: "name", name: "Name" }] }] as never,
  groups: [
    { kind: "field" as const, entity: "product", field: "name", count: 41 },
    { kind: "delete" as const, entity: "product", field: null, count: 1 },
  ],
};

const QUESTIONS = [question("1", "name"), question("2", "name"), question("3", null)];

const words = (rows: ReturnType<typeof queueRows>) =>
  rows.map((row) => (row.kind === "heading" ? `${row.label} (${row.count})` : row.key));

test("like questions stand under one heading with their number", () => {
  expect(words(queueRows(QUESTIONS, new Set(), "field", NAMES))).toEqual([
    "Product, Name (41)",
    "1",
    "2",
    "Product, deleted rows (1)",
    "3",
  ]);
});

test("by age there are no headings", () => {
  expect(words(queueRows(QUESTIONS, new Set(), "age", NAMES))).toEqual(["1", "2", "3"]);
});

test("what came back stands first", () => {
  expect(words(queueRows(QUESTIONS, new Set(["2"]), "age", NAMES))).toEqual([
    "Look at these again (1)",
    "2",
    "1",
    "3",
  ]);
});

test("the neighbour of a question; of one that is gone, the first", () => {
  expect(neighbour(QUESTIONS, "2", 1)?.id).toBe("3");
  expect(neighbour(QUESTIONS, "2", -1)?.id).toBe("1");
  expect(neighbour(QUESTIONS, "3", 1)).toBeNull();
  expect(neighbour(QUESTIONS, "gone", 1)?.id).toBe("1");
});
