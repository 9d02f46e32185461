import { describe, expect, test } from "vitest";
import { asId, type BindingId } from "../ids.ts";
import { MapDocument } from "../map/document.ts";
import { SHOP_MAP } from "../map/testing/shop-map.ts";
import { NOBODY } from "../mapping/refer.ts";
import { compileMap } from "../plan/compile-map.ts";
import { observe } from "./decide-again.ts";
import { reconcileBatch } from "./reconcile-batch.ts";
import type { Attempt } from "./state.ts";
import { ModelHub } from "./testing/model-hub.ts";

/** The ERP's price goes into the shop's cents, and nobody reads them there; or only that. */
function oneWayShop(direction: "out" | "in" = "out"): MapDocument {
  const document = structuredClone(SHOP_MAP);
  for (const { id, edges } of document.bindings) {
    for (const edge of edges)
      if (id === "shop-product" && edge.id === "price") edge.direction = direction;
  }
  return MapDocument.parse(document);
}

const at = (minute: number) => `2026-03-01T11:${String(minute).padStart(2, "0")}:00.000Z`;

/** An ERP row, and a shop row of the same thing with a price of its own. */
function meet(cents: string | null): ModelHub {
  const hub = new ModelHub(compileMap(1, oneWayShop(), () => null));
  hub.observe([hub.edit("erp", "e", { sku: "A", title: "Rope", price: "77" }, at(1))]);
  hub.due.clear();
  hub.observe([hub.edit("shop", "s", { code: "A", name: "Rope", price_cents: cents }, at(2))]);
  return hub;
}

function written(hub: ModelHub) {
  return hub.audit
    .filter(({ kind }) => kind === "stored" || kind === "adjusted")
    .map(({ kind, field, before, after, losers = [] }) => ({ kind, field, before, after, losers }));
}

const priceLine = (before: string | null, after: string, losers: object[] = []) => ({
  kind: "stored",
  field: "price",
  before,
  after,
  losers,
});

const lost = (value: string) => ({ from: "system:shop", value });

describe("a field that is only written", () => {
  test("what stood there when the row joined is named as having lost to our write", () => {
    const hub = meet("1999");
    expect(hub.deliver()).toBe(1);
    expect(hub.system("shop").rows.get("s")).toMatchObject({ price_cents: "7700" });
    expect(written(hub)).toEqual([priceLine("19.99", "77", [lost("19.99")])]);
  });

  test("a blank that stood there has lost nothing", () => {
    const hub = meet(null);
    hub.deliver();
    expect(written(hub)).toEqual([priceLine(null, "77")]);
  });

  test("our own value of before is no loser; a person's that replaced it is", () => {
    const hub = meet(null);
    hub.deliver();
    hub.observe([hub.edit("erp", "e", { price: "80" }, at(3))]);
    hub.deliver();
    hub.observe([hub.edit("shop", "s", { price_cents: "500" }, at(4))]);
    expect(hub.deliver()).toBe(0);
    hub.observe([hub.edit("erp", "e", { price: "81" }, at(5))]);
    hub.deliver();
    expect(written(hub)).toEqual([
      priceLine(null, "77"),
      priceLine("77", "80"),
      priceLine("5", "81", [lost("5")]),
    ]);
  });

  test("what means nothing in the field is told as the column had it", () => {
    const hub = meet("cheap");
    hub.deliver();
    expect(written(hub)).toEqual([priceLine("cheap", "77", [lost("cheap")])]);
  });

  test("what the target makes of it is told, and is no edit when the field is read one day", () => {
    const hub = meet(null);
    const { rows } = hub.system("shop");
    const store = rows.set.bind(rows);
    rows.set = (id, columns) => store(id, { ...columns, price_cents: "7600" });
    hub.deliver();
    expect(written(hub)).toEqual([
      { ...priceLine(null, "76", [{ from: "hub", value: "77" }]), kind: "adjusted" },
    ]);
    const [link] = [...hub.links.values()].filter(({ system }) => system === "shop");
    expect(link?.bases["price"]).toEqual({ s: "76", g: "77" });
    expect(hub.deliver()).toBe(0);
  });

  test("what stood there is named although the field is only read by the time that we are told", () => {
    const hub = meet("1999");
    const [link] = [...hub.links.values()].filter(({ system }) => system === "shop");
    if (link === undefined) throw new Error("The shop's row is linked.");
    const attempt: Attempt = {
      ...{ id: asId("a"), link: link.id, binding: link.binding, system: link.system },
      ...{ operation: "update", transaction: "ours", sent: { price: "77" }, columns: {} },
      ...{ state: "stored", externalId: "s" },
    };
    hub.publish(compileMap(2, oneWayShop("in"), () => null));
    const { rows } = hub.system("shop");
    rows.set("s", { ...rows.get("s"), price_cents: "7700" });
    hub.observe([hub.tell("shop", "s", { at: at(3), transaction: "ours" })], [attempt]);
    expect(written(hub)).toEqual([priceLine("19.99", "77", [lost("19.99")])]);
  });

  test("is decided once it is read, by a whole read at the very place of the last one", () => {
    const hub = meet("1999");
    const [link] = [...hub.links.values()].filter(({ system }) => system === "shop");
    const map = compileMap(2, SHOP_MAP, () => null);
    const rules = map.bindings.get("shop-product" as BindingId);
    if (link === undefined || rules === undefined) throw new Error("The shop's row is linked.");
    const place = link.position ?? "";
    const row = observe(rules, { externalId: "s", columns: link.columns, place }, NOBODY);
    const { audit } = reconcileBatch({ ...hub.world(), map }, [row], () => "id");
    const told = audit.filter(({ field }) => field === "price").map(({ losers }) => losers);
    expect(told).toEqual([[expect.objectContaining(lost("19.99"))]]);
  });
});
