import { afterEach, describe, expect, test } from "vitest";
import type { Columns } from "../core/values/field-value.ts";
import type { Connector, ReadSession, Row, RowWrite } from "./connector.ts";

/**
 * A foreign system without a log, with one empty object of these columns: id (integer, the key,
 * numbered by the system from 1), sku (text, required, unique), name (text). Each edit stamps its
 * row; changes are told up to 10 seconds after their stamp.
 */
export type ReadFixture = {
  readonly connector: Connector<ReadSession>;
  readonly settings: Record<string, unknown>;
  readonly object: string;
  /** Adds rows in one transaction. @param lateMs so long ago it was begun */
  insert(rows: readonly Columns[], lateMs?: number): Promise<void>;
  update(id: string, columns: Columns): Promise<void>;
  remove(id: string): Promise<void>;
  dispose(): Promise<void>;
};

/** What the engine relies on from a connector whose system has no log. */
export function testReadContract(id: string, createFixture: () => Promise<ReadFixture>): void {
  describe(`${id} keeps the contract of a system without a log`, () => {
    const open: { dispose(): Promise<void> }[] = [];
    afterEach(async () => {
      for (const one of open.splice(0).reverse()) await one.dispose();
    });

    async function setUp() {
      const fixture = await createFixture();
      open.push(fixture);
      const session = await fixture.connector.open(fixture.settings, "reads");
      open.push({ dispose: () => session.close() });
      return { fixture, session, object: fixture.object };
    }

    test("tells what has changed after a cursor, as it is now, and goes on behind it", async () => {
      const { fixture, session, object } = await setUp();
      const { cursor, rows } = await session.changed(object, null, 0);
      expect(rows).toEqual([]);
      await fixture.insert([item("A"), item("B")]);
      await fixture.update("1", { name: "Other" });
      const told = await askAll(session, object, cursor, 100);
      expect(told.rows.map(({ externalId }) => externalId).sort()).toEqual(["1", "2"]);
      expect(told.rows.find(({ externalId }) => externalId === "1")?.columns).toMatchObject({
        ...{ sku: "A", name: "Other" },
      });
      const { at } = told.rows[0] as Row;
      expect(Math.abs(Date.parse(at ?? "") - Date.now())).toBeLessThan(365 * 86_400_000);
      await fixture.insert([item("C")]);
      const later = await askAll(session, object, told.cursor, 100);
      expect(later.rows.map(({ externalId }) => externalId)).toContain("3");
    });

    test("loses none of 300 rows with one stamp, in pages of seven", async () => {
      const { fixture, session, object } = await setUp();
      const { cursor } = await session.changed(object, null, 0);
      await fixture.insert(Array.from({ length: 300 }, (_, place) => item(`S-${place}`)));
      const { rows } = await askAll(session, object, cursor, 7);
      expect(new Set(rows.map(({ externalId }) => externalId)).size).toBe(300);
    });

    test("tells a transaction that commits after others were told which began later", async () => {
      const { fixture, session, object } = await setUp();
      const { cursor } = await session.changed(object, null, 0);
      await fixture.insert([item("A")]);
      const told = await askAll(session, object, cursor, 100);
      await fixture.insert([item("LATE")], 8_000);
      const { rows } = await askAll(session, object, told.cursor, 100);
      expect(rows.map(({ columns }) => columns["sku"])).toContain("LATE");
    });

    test("reads rows by their ids and all of them, and leaves out what is gone", async () => {
      const { fixture, session, object } = await setUp();
      await fixture.insert([item("A"), item("B"), item("C")]);
      await fixture.remove("2");
      const rows = await session.readByIds(object, ["1", "2", "99"]);
      expect(rows.map(({ externalId }) => externalId)).toEqual(["1"]);
      const all: string[] = [];
      for await (const page of session.readAll(object, 2)) {
        all.push(...page.map(({ externalId }) => externalId));
      }
      expect(all.sort()).toEqual(["1", "3"]);
    });

    test("answers each written row with what it has become, and one bad row harms no other", async () => {
      const { fixture, session, object } = await setUp();
      await fixture.insert([item("A"), item("B")]);
      const written = await write(session, object, [
        { operation: "create", columns: item("C") },
        { operation: "create", columns: item("A") },
      ]);
      expect(written).toMatchObject([
        { status: "written", columns: { sku: "C", name: "Thing" } },
        { status: "refused", code: "unique" },
      ]);
      await fixture.update("2", { name: "Edited" });
      const again = await write(session, object, [
        { operation: "update", externalId: "1", columns: { name: "New" }, condition: THING },
        { operation: "update", externalId: "2", columns: { name: "New" }, condition: THING },
      ]);
      expect(again).toMatchObject([
        { status: "written", externalId: "1", columns: { name: "New" } },
        { status: "changed" },
      ]);
      const rows = await session.readByIds(object, ["1", "2"]);
      expect(rows.map(({ columns }) => columns["name"]).sort()).toEqual(["Edited", "New"]);
    });
  });
}

const THING = { name: "Thing" };
const item = (sku: string): Columns => ({ sku, ...THING });

/** One round of asking, page by page. */
async function askAll(session: ReadSession, object: string, cursor: string, countMax: number) {
  const rows: Row[] = [];
  let place = cursor;
  for (;;) {
    const page = await session.changed(object, place, countMax);
    rows.push(...page.rows);
    place = page.cursor;
    if (!page.more) return { rows, cursor: place };
  }
}

async function write(session: ReadSession, object: string, rows: readonly RowWrite[]) {
  const transaction = await session.beginWrite();
  const results = [];
  for (const [, of] of Map.groupBy(rows, ({ operation }) => operation)) {
    results.push(...(await transaction.write(object, of)));
  }
  await transaction.commit();
  return results;
}
