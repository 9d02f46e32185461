import { expect, test } from "vitest";
import { Entity } from "../../../server/core/map/document.ts";
import { askedOf } from "./asked.ts";
import type { QuestionPage } from "./conflict-filter.ts";
import { placeWords } from "./queue-rows.ts";
import { tellingParts } from "./telling-parts.ts";

const CUSTOMER: unknown = Entity.parse({
  ...{ id: "customer", name: "Customer", title: "street" },
  groups: [{ id: "address", name: "Address", fields: ["street", "zip"] }],
  fields: ["street", "city", "zip"].map((id) => ({ id, name: id.toUpperCase(), type: "text" })),
});
const PAGE = { entities: [CUSTOMER] } as Pick<QuestionPage, "entities">;

const question = (values: readonly object[]) => ({
  ...{ entity: "customer" as never, field: "street", base: {} },
  candidates: values.map((value) => ({
    ...{ from: "system:erp" as const, link: null, at: null },
    value: value as never,
  })),
});

const parts = (street: string, zip: string) => ({ parts: { zip, street } });

test("a question about a group has its name, and its parts in the group's order", () => {
  const asked = askedOf(question([parts("Elm 1", "1"), parts("Oak 2", "1")]), PAGE);
  expect(asked).toMatchObject({ name: "Address", id: "street", isGroup: true });
  expect(asked?.fields.map(({ id }) => id)).toEqual(["street", "zip"]);
});

test("one that was opened before there was a group is about its field alone", () => {
  expect(askedOf(question(["Elm 1" as never]), PAGE)).toMatchObject({
    ...{ name: "STREET", isGroup: false },
  });
  expect(askedOf({ ...question([]), field: "gone" }, PAGE)).toBeNull();
});

test("in the list it stands under the group's name, with what differs", () => {
  const of = { entity: "customer", field: "street", kind: "field" as const };
  expect(placeWords(of, PAGE.entities)).toBe("Customer, Address");
  expect(tellingParts([parts("Elm 1", "1"), parts("Oak 2", "1")])).toEqual([
    { parts: { street: "Elm 1" } },
    { parts: { street: "Oak 2" } },
  ]);
});
