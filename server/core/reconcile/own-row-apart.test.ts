import { describe, expect, test } from "vitest";
import { type AttemptId, asId, type ConflictId, type LinkId, type RecordId } from "../ids.ts";
import { MapDocument } from "../map/document.ts";
import { SHOP_MAP } from "../map/testing/shop-map.ts";
import { NOBODY } from "../mapping/refer.ts";
import { compileMap } from "../plan/compile-map.ts";
import { asPosition } from "../position.ts";
import { observe } from "./decide-again.ts";
import { reconcileBatch } from "./reconcile-batch.ts";
import type { Attempt, Conflict, LinkState, RecordState } from "./state.ts";
import { attemptKey, matchKey, rowKey, type World } from "./world.ts";

/**
 * We made a row for a record; before its event was told, a row that a person made at the same
 * moment was matched and took the record's place.
 */
const MAP = compileMap(1, MapDocument.parse(SHOP_MAP), () => null);
const AT = "2026-03-01T12:00:00.000Z";
const BINDING = "shop-product";

const by = "system:erp" as const;
const record: RecordState = {
  id: asId<RecordId>("a"),
  entity: asId("product"),
  values: { sku: { v: "A", by, at: AT }, name: { v: "Rope", by, at: AT } },
  deletedAt: null,
};

const place: LinkState = {
  id: asId<LinkId>("place"),
  record: record.id,
  binding: asId(BINDING),
  system: asId("shop"),
  externalId: "theirs",
  incarnation: 1,
  state: "live",
  columns: {},
  bases: { sku: { s: "A" }, name: { s: "Rope" } },
  position: asPosition("1"),
};

const attempt: Attempt = {
  id: asId<AttemptId>("attempt"),
  link: place.id,
  binding: place.binding,
  system: place.system,
  operation: "create",
  transaction: "77",
  sent: { sku: "A", name: "Rope" },
  columns: { code: "A", name: "Rope" },
  state: "open",
  externalId: "ours",
};

function world(): World {
  const key = MAP.bindings.get(place.binding)?.entity.matchKeys[0]?.name ?? "";
  return {
    map: MAP,
    now: AT,
    records: new Map([[record.id, record]]),
    links: new Map([[place.id, place]]),
    linksOf: new Map([[record.id, [place.id]]]),
    linkAt: new Map([[rowKey(BINDING, "theirs"), place.id]]),
    incarnations: new Map(),
    conflicts: new Map(),
    held: new Map(),
    attempts: new Map([[attemptKey("77", BINDING, "ours"), attempt]]),
    keyHolders: new Map([[matchKey("product", key, "A"), [record.id]]]),
    loaded: new Set(MAP.bindings.keys()),
    clocks: new Map(),
  };
}

function ownRow() {
  const rules = MAP.bindings.get(place.binding);
  if (rules === undefined) throw new Error(`There is no binding ${BINDING}.`);
  const columns = { code: "A", name: "Rope" };
  const told = observe(rules, { externalId: "ours", columns, place: "2" }, NOBODY);
  return { ...told, transaction: "77" };
}

describe("a row of ours whose record has got another row meanwhile", () => {
  test("the call is over, and its place may be delivered to again", () => {
    const changes = reconcileBatch(world(), [ownRow()], () => "new");
    expect([...changes.explained]).toEqual(["attempt"]);
    expect([...changes.explainedLinks]).toEqual(["place"]);
    expect([...changes.settled]).toEqual(["place"]);
  });

  test("a person is asked about the second row, and nothing is linked or made", () => {
    const changes = reconcileBatch(world(), [ownRow()], () => "new");
    expect(changes.quarantined.map(({ problem }) => problem.code)).toEqual(["ambiguous-match"]);
    expect(changes.links.size).toBe(0);
    expect(changes.records.size).toBe(0);
  });
});

describe("a row that was made again alike between our call and its event", () => {
  const before: LinkState = {
    ...place,
    id: asId<LinkId>("before"),
    externalId: "1",
    state: "gone",
  };
  const now: LinkState = { ...place, externalId: "1", incarnation: 2, columns: { name: "Rope" } };
  const update: Attempt = {
    ...attempt,
    link: before.id,
    operation: "update",
    sent: { name: "Rope 8 mm" },
    externalId: "1",
  };

  test("our write of it is ours, and not an edit of that system", () => {
    const again: World = {
      ...world(),
      links: new Map([before, now].map((link) => [link.id, link])),
      linksOf: new Map([[record.id, [before.id, now.id]]]),
      linkAt: new Map([[rowKey(BINDING, "1"), now.id]]),
      attempts: new Map([[attemptKey("77", BINDING, "1"), update]]),
    };
    const rules = MAP.bindings.get(place.binding);
    if (rules === undefined) throw new Error(`There is no binding ${BINDING}.`);
    const columns = { code: "A", name: "Rope 8 mm" };
    const event = {
      ...observe(rules, { externalId: "1", columns, place: "2" }, NOBODY),
      transaction: "77",
    };
    const changes = reconcileBatch(again, [event], () => "new");
    expect(changes.audit).toMatchObject([{ kind: "stored", field: "name", after: "Rope 8 mm" }]);
    expect([...changes.explained]).toEqual(["attempt"]);
    // The hub's own value is another one: it is due to the row.
    expect([...changes.due]).toEqual([now.id]);
  });

  describe("for another record", () => {
    const other: RecordState = {
      ...record,
      id: asId<RecordId>("b"),
      values: { sku: { v: "A", by, at: AT }, name: { v: "Rope", by, at: AT } },
    };
    const gone: LinkState = { ...before, record: record.id };
    const theirs: LinkState = { ...now, record: other.id };

    function strange(made: Attempt, more: Partial<World> = {}): World {
      return {
        ...world(),
        records: new Map([record, other].map((one) => [one.id, one])),
        links: new Map([gone, theirs].map((link) => [link.id, link])),
        linksOf: new Map([
          [record.id, [gone.id]],
          [other.id, [theirs.id]],
        ]),
        linkAt: new Map([[rowKey(BINDING, "1"), theirs.id]]),
        attempts: new Map([[attemptKey("77", BINDING, "1"), made]]),
        ...more,
      };
    }

    function told(columns: Record<string, string>) {
      const rules = MAP.bindings.get(place.binding);
      if (rules === undefined) throw new Error(`There is no binding ${BINDING}.`);
      const row = observe(rules, { externalId: "1", columns, place: "2" }, NOBODY);
      return { ...row, transaction: "77" };
    }

    test("our write of it is nobody's edit: the record keeps its value, and the row gets it", () => {
      const event = told({ code: "A", name: "Rope 8 mm" });
      const changes = reconcileBatch(strange(update), [event], () => "new");
      expect(changes.records.size).toBe(0);
      expect(changes.audit).toMatchObject([
        {
          kind: "stored",
          actor: "engine",
          record: "b",
          field: "name",
          before: "Rope",
          after: "Rope 8 mm",
          losers: [{ from: "system:shop", value: "Rope" }],
          cause: { attempt: "attempt" },
        },
      ]);
      expect([...changes.explained]).toEqual(["attempt"]);
      expect([...changes.due]).toEqual([theirs.id]);
    });

    test("a value that it overwrote while it was asked about can still be chosen", () => {
      const candidate = { from: "system:shop", link: theirs.id, value: "Cord", at: AT } as const;
      const question: Conflict = {
        id: asId<ConflictId>("q"),
        kind: "field",
        entity: asId("product"),
        record: other.id,
        field: "name",
        reason: "policy-review",
        candidates: [{ from: by, link: null, value: "Rope", at: AT }, candidate],
        revision: 1,
        state: "open",
        openedAt: AT,
      };
      const asked = strange(update, { conflicts: new Map([[other.id, [question]]]) });
      const event = told({ code: "A", name: "Rope 8 mm" });
      const changes = reconcileBatch(asked, [event], () => "new");
      expect([...changes.conflicts.values()]).toMatchObject([
        { state: "open", revision: 2, candidates: [{}, { value: "Cord", link: null }] },
      ]);
      expect(changes.due.size).toBe(0);
    });

    test("our delete of it deletes no record, and the row is made again", () => {
      const event = { ...told({}), kind: "gone" as const };
      const erase: Attempt = { ...update, operation: "delete", sent: {} };
      const changes = reconcileBatch(strange(erase), [event], () => "new");
      expect(changes.audit).toMatchObject([{ kind: "row-deleted", actor: "engine", record: "b" }]);
      expect(changes.records.size).toBe(0);
      expect([...changes.links.values()]).toMatchObject([
        { id: theirs.id, state: "gone" },
        { record: "b", state: "pending" },
      ]);
      expect([...changes.due]).toEqual(["new"]);
    });
  });
});
