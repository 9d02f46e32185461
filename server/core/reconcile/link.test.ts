import { describe, expect, test } from "vitest";
import { asId, type LinkId, type RecordId } from "../ids.ts";
import { MapDocument } from "../map/document.ts";
import { SHOP_MAP } from "../map/testing/shop-map.ts";
import { NOBODY } from "../mapping/refer.ts";
import { compileMap } from "../plan/compile-map.ts";
import { asPosition } from "../position.ts";
import { observe } from "./decide-again.ts";
import { linkRow, unlinkRow } from "./link.ts";
import type { LinkState, RecordState } from "./state.ts";
import { rowKey, type World } from "./world.ts";

const MAP = compileMap(1, MapDocument.parse(SHOP_MAP), () => null);
const ACT = { person: "person:ana@example.com", command: "link" } as const;
const AT = "2026-03-01T12:00:00.000Z";

function counter(): () => string {
  let made = 0;
  return () => {
    made += 1;
    return `new-${made}`;
  };
}

function record(id: string, name: string): RecordState {
  const value = (v: string) => ({ v, by: "system:erp" as const, at: AT });
  return {
    id: asId<RecordId>(id),
    entity: asId("product"),
    values: { sku: value("A"), name: value(name) },
    deletedAt: null,
  };
}

function liveLink(id: string, of: string, binding: string): LinkState {
  return {
    id: asId<LinkId>(id),
    record: asId<RecordId>(of),
    binding: asId(binding),
    system: asId(binding.split("-")[0] ?? ""),
    externalId: id,
    incarnation: 1,
    state: "live",
    columns: {},
    bases: { sku: { s: "A" }, name: { s: "Rope" } },
    position: asPosition("1"),
  };
}

function worldOf(records: RecordState[], links: LinkState[]): World {
  return {
    map: MAP,
    now: AT,
    records: new Map(records.map((one) => [one.id, one])),
    links: new Map(links.map((one) => [one.id, one])),
    linksOf: new Map(
      records.map(({ id }) => [id, links.filter((one) => one.record === id).map((one) => one.id)]),
    ),
    linkAt: new Map(links.map((one) => [rowKey(one.binding, one.externalId ?? ""), one.id])),
    incarnations: new Map(links.map((one) => [rowKey(one.binding, one.externalId ?? ""), 1])),
    conflicts: new Map(),
    held: new Map(),
    attempts: new Map(),
    keyHolders: new Map(),
    loaded: new Set(MAP.bindings.keys()),
    clocks: new Map(),
  };
}

function row(binding: string, externalId: string, columns: Record<string, string>) {
  const rules = MAP.bindings.get(asId(binding));
  if (rules === undefined) throw new Error(`There is no binding ${binding}.`);
  return observe(rules, { externalId, columns, place: "2" }, NOBODY);
}

const shopRow = (name: string) => row("shop-product", "s1", { code: "A", name });
const kinds = (changes: { audit: readonly { kind: string }[] }) =>
  changes.audit.map(({ kind }) => kind);

describe("linkRow", () => {
  const erp = liveLink("e1", "a", "erp-product");
  const other = liveLink("s1", "b", "shop-product");

  test("equal values join silently; the record that has nothing left is deleted", () => {
    const world = worldOf([record("a", "Rope"), record("b", "Rope")], [erp, other]);
    const linked = linkRow(world, shopRow("Rope"), asId<RecordId>("a"), ACT, counter());
    if (linked.kind !== "linked") throw new Error(linked.kind);
    const { changes } = linked;
    expect(changes.links.get(linked.link)).toMatchObject({
      record: "a",
      state: "live",
      externalId: "s1",
      incarnation: 2,
      bases: { sku: { s: "A" }, name: { s: "Rope" } },
    });
    expect(changes.links.get(other.id)?.state).toBe("unlinked");
    expect(changes.records.get(asId<RecordId>("b"))?.deletedAt).toBe(AT);
    expect(changes.conflicts.size).toBe(0);
    expect(kinds(changes)).toEqual(["unlinked", "linked", "deleted"]);
  });

  test("what differs is first contact: nobody's old value comes in by itself", () => {
    const world = worldOf([record("a", "Rope"), record("b", "Cord")], [erp, other]);
    const linked = linkRow(world, shopRow("Cord"), asId<RecordId>("a"), ACT, counter());
    if (linked.kind !== "linked") throw new Error(linked.kind);
    expect([...linked.changes.conflicts.values()]).toMatchObject([
      { record: "a", field: "name", reason: "first-contact", state: "open" },
    ]);
    expect(linked.changes.records.get(asId<RecordId>("a"))).toBeUndefined();
  });

  test("a record has one place per binding", () => {
    const taken = liveLink("s2", "a", "shop-product");
    const world = worldOf([record("a", "Rope"), record("b", "Rope")], [erp, other, taken]);
    expect(linkRow(world, shopRow("Rope"), asId<RecordId>("a"), ACT, counter())).toEqual({
      kind: "taken",
      externalId: "s2",
    });
    expect(linkRow(world, shopRow("Rope"), asId<RecordId>("b"), ACT, counter())).toEqual({
      kind: "already",
    });
    expect(linkRow(world, shopRow("Rope"), asId<RecordId>("none"), ACT, counter())).toEqual({
      kind: "no-record",
    });
  });
});

describe("unlinkRow", () => {
  const erp = liveLink("e1", "a", "erp-product");
  const shop = liveLink("s1", "a", "shop-product");

  test("the row becomes a record with places of its own; the old pair stays parted", () => {
    const world = worldOf([record("a", "Rope")], [erp, shop]);
    const parted = unlinkRow(world, shopRow("Rope, mine"), ACT, counter());
    if (parted.kind !== "unlinked") throw new Error(parted.kind);
    const { changes, record: made } = parted;
    expect(changes.links.get(shop.id)?.state).toBe("unlinked");
    expect(changes.records.get(made ?? asId("none"))?.values["name"]).toMatchObject({
      v: "Rope, mine",
      by: "system:shop",
    });
    const links = [...changes.links.values()].filter((link) => link.record === made);
    expect(links.map(({ binding, state }) => `${binding} ${state}`).sort()).toEqual([
      "erp-product pending",
      "shop-product live",
    ]);
    expect(kinds(changes)).toEqual(["unlinked", "created"]);
  });

  test("a value of the row that waited in quarantine waits no more for the old record", () => {
    const world = worldOf([record("a", "Rope")], [erp, shop]);
    const item = { id: asId("q1"), link: shop.id, field: "price" };
    const held = new Map([[asId<RecordId>("a"), [item]]]);
    const parted = unlinkRow({ ...world, held } as World, shopRow("Rope"), ACT, counter());
    if (parted.kind !== "unlinked") throw new Error(parted.kind);
    expect([...parted.changes.released.values()]).toEqual([item]);
  });

  test("the only row is not parted", () => {
    const world = worldOf([record("a", "Rope")], [shop]);
    expect(unlinkRow(world, shopRow("Rope"), ACT, counter())).toEqual({ kind: "only-row" });
    expect(unlinkRow(world, row("erp-product", "e9", {}), ACT, counter())).toEqual({
      kind: "no-link",
    });
  });
});
