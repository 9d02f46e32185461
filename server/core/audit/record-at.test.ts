import { describe, expect, test } from "vitest";
import { asId } from "../ids.ts";
import { type LogLine, spreadLine } from "./log-line.ts";
import { recordAt } from "./record-at.ts";

let number = 0;

function line(at: number, told: Partial<LogLine> & Pick<LogLine, "kind">): LogLine {
  number += 1;
  return {
    stream: "capture:erp",
    number,
    at: `2026-03-01T12:00:0${at}.000Z`,
    actor: "system:erp",
    entity: "product",
    record: asId("r"),
    system: "erp",
    field: null,
    losers: null,
    rule: "owner",
    cause: {},
    mapVersion: 1,
    run: null,
    ...told,
  };
}

const STORY: readonly LogLine[] = [
  line(0, { kind: "created", after: { name: "Rope", price: "9" }, rule: "first-value" }),
  line(1, { kind: "row-created", system: "shop", after: { name: "Rope", price: "9" } }),
  line(2, { kind: "linked", system: "crm", rule: "matched" }),
  line(3, { kind: "accepted", field: "price", before: "9", after: "10" }),
  line(4, {
    kind: "rejected",
    system: "shop",
    field: "price",
    before: "10",
    after: "10",
    losers: [{ from: "system:shop", value: "8" }],
  }),
  line(5, { kind: "stored", system: "shop", field: "price", before: "8", after: "10" }),
  line(6, { kind: "set", system: null, field: "name", before: "Rope", after: "Cord" }),
  line(7, { kind: "row-gone", system: "crm" }),
  line(8, { kind: "deleted" }),
];

const values = (told: Readonly<Record<string, { value: unknown }>> | undefined) =>
  Object.fromEntries(Object.entries(told ?? {}).map(([field, { value }]) => [field, value]));

const at = (second: number) => recordAt(STORY, `2026-03-01T12:00:0${second}.500Z`);

describe("recordAt", () => {
  test("before its first line there was nothing", () => {
    expect(recordAt(STORY, "2026-03-01T11:59:00Z")).toEqual({
      hub: {},
      systems: {},
      createdAt: null,
      deletedAt: null,
      mergedInto: null,
    });
  });

  test("the hub's values and each system's, moment by moment", () => {
    expect(values(at(0).hub)).toEqual({ name: "Rope", price: "9" });
    expect(Object.keys(at(1).systems)).toEqual(["erp", "shop"]);
    expect(values(at(2).systems["crm"])).toEqual({ name: "Rope", price: "9" });
    expect(values(at(3).hub)).toEqual({ name: "Rope", price: "10" });
    expect(values(at(3).systems["shop"])).toEqual({ name: "Rope", price: "9" });
  });

  test("a refused value is what its system held until it was set back", () => {
    expect(at(4).systems["shop"]?.["price"]?.value).toBe("8");
    expect(at(5).systems["shop"]?.["price"]).toMatchObject({
      value: "10",
      line: { kind: "stored" },
    });
    expect(at(4).hub["price"]?.value).toBe("10");
  });

  test("a row that is gone holds nothing, a deleted record says since when", () => {
    expect(at(6).hub["name"]).toMatchObject({ value: "Cord", line: { kind: "set" } });
    expect(Object.keys(at(7).systems)).toEqual(["erp", "shop"]);
    expect(at(7).deletedAt).toBeNull();
    expect(at(8).deletedAt).toBe("2026-03-01T12:00:08.000Z");
  });
});

describe("spreadLine", () => {
  test("a made record reads as one line per field; others stay one", () => {
    const [made, , linked] = STORY;
    if (made === undefined || linked === undefined) throw new Error("The story is too short.");
    expect(spreadLine(made).map(({ field, after }) => [field, after])).toEqual([
      ["name", "Rope"],
      ["price", "9"],
    ]);
    expect(new Set(spreadLine(made).map(({ key }) => key)).size).toBe(2);
    expect(spreadLine(linked)).toHaveLength(1);
  });

  test("an amount of money is a value, not a record", () => {
    const money = { amount: "9", currency: "EUR" };
    const [told] = spreadLine(line(0, { kind: "accepted", field: "price", after: money }));
    expect(told?.after).toEqual(money);
  });
});

test("of a value that was made of two edits, a system is known to have said its own", () => {
  const merged = line(1, {
    kind: "accepted",
    field: "tags",
    rule: "set-union",
    before: ["a"],
    after: ["a", "b"],
    losers: [{ from: "system:erp", value: ["b"] }],
  });
  const told = recordAt([line(0, { kind: "created", after: { tags: [] } }), merged], merged.at);
  expect(values(told.hub)).toEqual({ tags: ["a", "b"] });
  expect(values(told.systems["erp"])).toEqual({ tags: ["b"] });
});
