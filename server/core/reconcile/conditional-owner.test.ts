import { describe, expect, test } from "vitest";
import { MapDocument } from "../map/document.ts";
import { compileMap } from "../plan/compile-map.ts";
import { ModelHub } from "./testing/model-hub.ts";
import { atSecond, settle } from "./testing/three-states.ts";

/** While the region is EU, a owns the price; otherwise b does. Everybody may tell the region. */
const PRICE = {
  ...{ id: "price", name: "Price", type: "decimal" },
  ownership: {
    cases: [
      {
        when: [{ of: "region", operator: "is", values: ["EU"] }],
        tiers: [{ systems: ["a"] }],
        refused: "keep-apart",
      },
    ],
    tiers: [{ systems: ["b"] }],
  },
};

/** A note that a may write until somebody has closed it; who closes it is decided by its state. */
const STATE = {
  ...{ id: "state", name: "State", type: "text" },
  ownership: {
    cases: [
      {
        when: [{ of: "state", operator: "is", values: ["closed"] }],
        tiers: [{ systems: ["b"] }],
      },
    ],
    tiers: [{ systems: ["a", "b"] }],
  },
};

function hubOf(): ModelHub {
  const columns = ["key", "price", "state", "region"];
  const document = MapDocument.parse({
    format: 1,
    systems: ["a", "b"].map((id, at) => ({ id, name: id.toUpperCase(), code: `${at}X`, line: 1 })),
    entities: [
      {
        ...{ id: "thing", name: "Thing", title: "key", matchKeys: [["key"]] },
        fields: [
          { id: "key", name: "Key", type: "text" },
          // Before the region, on which it depends.
          PRICE,
          STATE,
          { id: "region", name: "Region", type: "text", policy: { kind: "newest" } },
        ],
      },
    ],
    bindings: ["a", "b"].map((system) => ({
      ...{ id: `${system}-thing`, system, object: "things", entity: "thing" },
      edges: columns.map((id) => ({ id, columns: [id], fields: [id] })),
    })),
  });
  return new ModelHub(compileMap(1, document, () => null));
}

let second = 0;
const tell = (hub: ModelHub, system: string, columns: Record<string, string | null>) => {
  second += 1;
  const [row = "1"] = hub.system(system).rows.keys();
  hub.observe([hub.edit(system, row, { key: "K", ...columns }, atSecond(second))]);
};

const standing = (hub: ModelHub) => {
  const [record] = [...hub.records.values()];
  return Object.fromEntries(Object.entries(record?.values ?? {}).map(([id, { v }]) => [id, v]));
};

describe("ownership under a condition", () => {
  test("the first values of a record are judged by the region that comes with them", () => {
    const hub = hubOf();
    tell(hub, "a", { region: "EU", price: "5" });
    expect(standing(hub)).toMatchObject({ region: "EU", price: "5" });
    const other = hubOf();
    tell(other, "a", { region: "US", price: "5" });
    expect(standing(other)).toEqual({ key: "K", region: "US", state: null });
  });

  test("an event that moves the region and the price is judged by the region that it brings", () => {
    const hub = hubOf();
    tell(hub, "a", { region: "EU", price: "5" });
    settle(hub);
    tell(hub, "b", { region: "US", price: "7" });
    expect(standing(hub)).toMatchObject({ region: "US", price: "7" });
    settle(hub);
    tell(hub, "a", { region: "EU", price: "6" });
    expect(standing(hub)).toMatchObject({ region: "EU", price: "6" });
  });

  test("who owned it before may not decide any more, and the case says what that edit gets", () => {
    const hub = hubOf();
    tell(hub, "a", { region: "EU", price: "5" });
    settle(hub);
    tell(hub, "b", { price: "7" });
    expect(hub.audit.at(-1)).toMatchObject({
      kind: "kept-apart",
      rule: "not-an-owner",
      after: "5",
      cause: { detail: "While Region is EU." },
    });
    tell(hub, "b", { region: "US" });
    settle(hub);
    tell(hub, "a", { price: "6" });
    expect(hub.audit.at(-1)).toMatchObject({ kind: "rejected", rule: "not-an-owner", after: "5" });
    expect(hub.audit.at(-1)?.cause).not.toHaveProperty("detail");
  });

  test("a value stays when the region moves, until its new owner edits it", () => {
    const hub = hubOf();
    tell(hub, "a", { region: "EU", price: "5" });
    settle(hub);
    tell(hub, "b", { region: "US" });
    settle(hub);
    expect(standing(hub)).toMatchObject({ region: "US", price: "5" });
    tell(hub, "b", { price: "7" });
    expect(standing(hub)).toMatchObject({ price: "7" });
  });

  test("a field's own condition looks at what stands before the edit", () => {
    const hub = hubOf();
    tell(hub, "a", { state: "open" });
    settle(hub);
    tell(hub, "a", { state: "closed" });
    settle(hub);
    tell(hub, "a", { state: "open" });
    expect(standing(hub)).toMatchObject({ state: "closed" });
    settle(hub);
    tell(hub, "b", { state: "open" });
    expect(standing(hub)).toMatchObject({ state: "open" });
  });
});
