import { describe, expect, test } from "vitest";
import { type AttemptId, asId, type LinkId, type RecordId } from "../ids.ts";
import { MapDocument } from "../map/document.ts";
import { SHOP_MAP } from "../map/testing/shop-map.ts";
import { NOBODY } from "../mapping/refer.ts";
import { compileMap } from "../plan/compile-map.ts";
import { observe } from "./decide-again.ts";
import { reconcileBatch } from "./reconcile-batch.ts";
import type { Attempt, LinkState, MappedObservation, RecordState } from "./state.ts";
import { rowKey, type World } from "./world.ts";

/** The ERP's name went to the shop by a call of which nobody can tell what became. */
function openMap(): MapDocument {
  const document = structuredClone(SHOP_MAP);
  for (const field of document.entities[0]?.fields ?? []) {
    if (field.id === "name") field.policy = { kind: "newest" };
  }
  return MapDocument.parse(document);
}

const MAP = compileMap(1, openMap(), () => null);
const AT = (minute: number) => `2026-03-01T12:${String(minute).padStart(2, "0")}:00.000Z`;

const link: LinkState = {
  id: asId<LinkId>("l"),
  record: asId<RecordId>("r"),
  binding: asId("shop-product"),
  system: asId("shop"),
  externalId: "s1",
  incarnation: 1,
  state: "live",
  columns: { code: "A", name: "Rope" },
  bases: { sku: { s: "A" }, name: { s: "Rope" } },
  position: "1" as LinkState["position"],
};

const attempt: Attempt = {
  id: asId<AttemptId>("doubtful"),
  link: link.id,
  binding: link.binding,
  system: link.system,
  operation: "update",
  transaction: "77",
  sent: { name: "Cord" },
  columns: {},
  state: "unknown",
  externalId: "s1",
};

/** @param name the hub's, as the ERP set it at minute 5 */
function world(name: string, unknown: readonly Attempt[] = [attempt]): World {
  const value = (v: string) => ({ v, by: "system:erp" as const, at: AT(5) });
  const record: RecordState = {
    id: link.record,
    entity: asId("product"),
    values: { sku: value("A"), name: value(name) },
    deletedAt: null,
  };
  return {
    map: MAP,
    now: AT(30),
    records: new Map([[record.id, record]]),
    links: new Map([[link.id, link]]),
    linksOf: new Map([[record.id, [link.id]]]),
    linkAt: new Map([[rowKey(link.binding, "s1"), link.id]]),
    incarnations: new Map(),
    conflicts: new Map(),
    held: new Map(),
    attempts: new Map(),
    unknown: new Map([[link.id, unknown]]),
    keyHolders: new Map(),
    loaded: new Set(MAP.bindings.keys()),
    clocks: new Map(["erp", "shop"].map((id) => [id, { offsetMs: 0, errorMs: 10 }])),
  };
}

function told(name: string, minute: number): MappedObservation {
  const rules = MAP.bindings.get(link.binding);
  if (rules === undefined) throw new Error("There is no such binding.");
  const row = observe(
    rules,
    { externalId: "s1", columns: { name }, place: `${minute + 10}` },
    NOBODY,
  );
  return { ...row, at: AT(minute) };
}

function decide(name: string, ...rows: MappedObservation[]) {
  const ids = ["one", "two", "three"];
  const changes = reconcileBatch(world(name), rows, () => ids.pop() ?? "");
  return {
    changes,
    hub: changes.records.get(link.record)?.values["name"]?.v ?? name,
    base: changes.links.get(link.id)?.bases["name"],
    lines: changes.audit.map(({ kind, rule, losers = [] }) => ({
      kind,
      rule,
      losers: losers.map((one) => one.value),
    })),
  };
}

describe("an update of which nobody knows the outcome", () => {
  test("an edit that is neither s nor what was sent is concurrent: who loses is named", () => {
    const { hub, lines, changes } = decide("Cord", told("Line", 10));
    expect(hub).toBe("Line");
    expect(lines).toEqual([{ kind: "accepted", rule: "newest", losers: ["Cord"] }]);
    expect([...changes.ended]).toEqual([attempt.id]);
  });

  test("an older edit loses to the hub's value, which is due again", () => {
    const { hub, lines, changes } = decide("Cord", told("Line", 1));
    expect(hub).toBe("Cord");
    expect(lines).toEqual([{ kind: "rejected", rule: "newest", losers: ["Line"] }]);
    expect([...changes.due]).toEqual([link.id]);
  });

  test("what was sent is our own write, also when the hub has moved on since", () => {
    const { hub, base, lines, changes } = decide("Hawser", told("Cord", 10));
    expect(hub).toBe("Hawser");
    expect(base).toEqual({ s: "Cord" });
    expect(lines).toEqual([{ kind: "stored", rule: "delivery", losers: [] }]);
    expect([...changes.explained]).toEqual([attempt.id]);
    expect([...changes.due]).toEqual([link.id]);
  });

  test("it explains one observation: the same value again is an edit", () => {
    const { hub, lines } = decide("Hawser", told("Cord", 10), told("Line", 11), told("Cord", 12));
    expect(hub).toBe("Cord");
    expect(lines.map(({ kind }) => kind)).toEqual(["stored", "accepted", "accepted"]);
  });

  test("after the first edit the doubt is over: the next one is clean", () => {
    const { lines } = decide("Cord", told("Line", 10), told("Twine", 11));
    expect(lines.at(-1)).toEqual({ kind: "accepted", rule: "only-change", losers: [] });
  });

  test("a row that shows what it had leaves the doubt", () => {
    const { changes, lines } = decide("Cord", told("Rope", 10));
    expect(lines).toEqual([]);
    expect(changes.ended.size + changes.explained.size).toBe(0);
  });
});
