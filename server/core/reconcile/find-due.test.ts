import { expect, test } from "vitest";
import { asId, type LinkId, type RecordId } from "../ids.ts";
import { MapDocument } from "../map/document.ts";
import { SHOP_MAP } from "../map/testing/shop-map.ts";
import { compileMap } from "../plan/compile-map.ts";
import { asPosition } from "../position.ts";
import { reconcileBatch } from "./reconcile-batch.ts";
import type { LinkState, RecordState } from "./state.ts";
import { rowKey, type World } from "./world.ts";

const MAP = compileMap(1, MapDocument.parse(SHOP_MAP), () => null);
const AT = "2026-03-01T12:00:00.000Z";
const by = "system:erp" as const;
const record: RecordState = {
  id: asId<RecordId>("a"),
  entity: asId("product"),
  values: { sku: { v: "A", by, at: AT } },
  deletedAt: null,
};
const common = { record: record.id, incarnation: 1, columns: {}, bases: { sku: { s: "A" } } };
const row: LinkState = {
  ...{ ...common, id: asId<LinkId>("row"), binding: asId("erp-product"), system: asId("erp") },
  ...{ externalId: "1", state: "live", position: asPosition("1") },
};
const place: LinkState = {
  ...{ ...common, id: asId<LinkId>("place"), binding: asId("shop-product"), system: asId("shop") },
  ...{ externalId: null, state: "pending", position: null, bases: {} },
};

test("a place whose delivery was refused is let go with its record, although its rows are read anew", () => {
  const world: World = {
    ...{ map: MAP, now: AT, records: new Map([[record.id, record]]) },
    links: new Map([row, place].map((link) => [link.id, link])),
    linksOf: new Map([[record.id, [row.id, place.id]]]),
    linkAt: new Map([[rowKey("erp-product", "1"), row.id]]),
    ...{ incarnations: new Map(), conflicts: new Map(), held: new Map(), attempts: new Map() },
    ...{ keyHolders: new Map(), clocks: new Map(), loaded: new Set([row.binding]) },
  };
  const { binding, system } = row;
  const told = { binding, system, externalId: "1", position: asPosition("2"), at: null };
  const gone = { ...told, transaction: null, kind: "gone", columns: {}, fields: {}, problems: [] };
  const changes = reconcileBatch(world, [gone as never], () => "new");
  expect(changes.records.get(record.id)?.deletedAt).not.toBeNull();
  expect([...changes.settled]).toContain("place");
});
