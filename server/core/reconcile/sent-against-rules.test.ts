import { expect, test } from "vitest";
import type { RecordId } from "../ids.ts";
import { MapDocument } from "../map/document.ts";
import { SHOP_MAP } from "../map/testing/shop-map.ts";
import { compileMap } from "../plan/compile-map.ts";
import { setValue } from "./answer.ts";
import { ModelHub } from "./testing/model-hub.ts";

const at = (minute: number) => `2026-03-01T11:0${minute}:00.000Z`;

/** A person may leave a field empty that its rules require: it was so before the rule. */
test("what we sent is told as written, although it breaks a rule of its field", () => {
  const document = structuredClone(SHOP_MAP);
  for (const field of document.entities.flatMap(({ fields }) => fields)) {
    if (field.id === "price") field.validation = [{ kind: "required" }];
  }
  const hub = new ModelHub(compileMap(1, MapDocument.parse(document), () => null));
  hub.observe([hub.edit("erp", "e", { sku: "A", title: "Rope", price: "77" }, at(1))]);
  hub.observe([hub.edit("shop", "s", { code: "A", name: "Rope", price_cents: "7700" }, at(2))]);
  hub.deliver();
  const [record] = hub.records.keys();
  const act = { record: record as RecordId, field: "price", value: null };
  const by = { person: "person:ana" as const, command: "set" };
  const cleared = setValue(hub.world(), { ...act, ...by }, hub.newId);
  if (cleared === null) throw new Error("The record has a price.");
  hub.keep(cleared);
  hub.deliver();
  expect(hub.system("shop").rows.get("s")).toMatchObject({ price_cents: null });
  const written = hub.audit.filter(({ kind, system }) => kind === "stored" && system === "shop");
  expect(written).toMatchObject([{ field: "price", before: "77", after: null }]);
  expect([...hub.held.values()]).toEqual([]);
});
