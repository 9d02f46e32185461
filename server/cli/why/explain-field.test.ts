import { describe, expect, test } from "vitest";
import { SHOP_MAP } from "../../core/map/testing/shop-map.ts";
import type { AuditRow } from "../../storage/screens/command-line.ts";
import { explainField } from "./explain-field.ts";

const mapOf = (version: number) => (version === 1 ? SHOP_MAP : null);
let number = 0;

function line(changes: Partial<AuditRow>): AuditRow {
  number += 1;
  return {
    ...{ stream: "capture:erp", number, at: `2026-11-23T00:00:${10 + number}Z`, kind: "accepted" },
    ...{ actor: "system:erp", entity: "product", record: "r" as AuditRow["record"], link: "l" },
    ...{ system: "erp", field: "price", before: null, after: "1", losers: null },
    ...{ rule: "only-change", cause: { position: "0/1:1", transaction: "7" }, mapVersion: 1 },
    ...changes,
  };
}

const CREATED = line({
  ...{ kind: "created", field: null, rule: "first-value" },
  after: { sku: "A-1", price: "10" },
});

describe("a value is explained", () => {
  test("by the line that made the record", () => {
    expect(explainField([CREATED], "price", mapOf)).toMatchObject({
      ...{ value: "10", by: "system:erp", rule: "first-value", because: "it was the first value" },
      ...{ path: "ERP price and Price, both ways", mapVersion: 1, earlier: 0 },
      event: { system: "erp", position: "0/1:1", transaction: "7" },
    });
  });

  test("by its last decision, with what lost against it then and since", () => {
    const newest = line({
      ...{ rule: "newest", before: "10", after: "12", cause: { at: "2026-11-22T00:00:00Z" } },
      losers: [{ from: "system:shop", value: "11", at: "2026-11-21T00:00:00Z" }],
    });
    const rejected = line({
      ...{ kind: "rejected", actor: "system:shop", system: "shop", rule: "not-an-owner" },
      ...{ before: "12", after: "12", losers: [{ from: "system:shop", value: "1" }] },
    });
    expect(explainField([CREATED, newest, rejected], "price", mapOf)).toMatchObject({
      ...{ value: "12", writtenAt: "2026-11-22T00:00:00Z", earlier: 1 },
      lost: [
        { from: "system:shop", value: "11", what: "beaten", because: "the newest edit wins" },
        { from: "system:shop", value: "1", what: "set back" },
      ],
      systems: [
        { system: "erp", value: "12", how: "accepted" },
        { system: "shop", value: "1", how: "rejected" },
      ],
    });
  });

  test("by the person who decided, and through no edge", () => {
    const resolved = line({
      ...{ kind: "resolved", actor: "person:ana@example.com", system: null, rule: "person" },
      ...{ after: "9", cause: { conflict: "c" as never, command: "resolve" }, stream: "people" },
    });
    expect(explainField([CREATED, resolved], "price", mapOf)).toMatchObject({
      ...{ by: "person:ana@example.com", path: null, event: null, conflict: "c" },
      command: "resolve",
    });
  });

  test("with what each system stores", () => {
    const made = line({
      ...{ kind: "row-created", actor: "engine", system: "shop", field: null, rule: "delivery" },
      after: { price: "10" },
    });
    const adjusted = line({
      ...{ kind: "adjusted", actor: "engine", system: "shop", rule: "adjusted", after: "9.99" },
    });
    expect(explainField([CREATED, made], "price", mapOf)?.systems).toMatchObject([
      { system: "erp", value: "10" },
      { system: "shop", value: "10", how: "row-created" },
    ]);
    expect(explainField([CREATED, made, adjusted], "price", mapOf)?.systems[1]).toMatchObject({
      ...{ value: "9.99", how: "adjusted" },
    });
  });

  test("when it has parts, as money has", () => {
    const money = { amount: "9.99", currency: "EUR" };
    const explained = explainField([line({ after: money })], "price", mapOf);
    expect(explained?.value).toEqual(money);
  });

  test("not at all where the log tells none", () => {
    expect(explainField([CREATED], "stock", mapOf)).toBeNull();
    expect(explainField([], "price", mapOf)).toBeNull();
  });

  test("without a path where the version is not known", () => {
    expect(explainField([{ ...CREATED, mapVersion: 9 }], "price", mapOf)?.path).toBeNull();
  });
});
