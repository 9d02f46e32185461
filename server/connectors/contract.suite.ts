import { afterEach, describe, expect, test } from "vitest";
import type { Position } from "../core/position.ts";
import { FailureError } from "../core/run/failure.ts";
import type { Columns } from "../core/values/field-value.ts";
import type {
  Batch,
  Capture,
  CaptureStart,
  Change,
  Connector,
  LogSession,
  RowResult,
  RowWrite,
} from "./connector.ts";

/** What people do in the foreign system, past its connector. */
export type FixtureEdits = {
  insert(...rows: readonly Columns[]): Promise<void>;
  /** Changes columns of a row; `id` too. */
  update(id: string, columns: Columns): Promise<void>;
  remove(id: string): Promise<void>;
  truncate(): Promise<void>;
};

/**
 * A foreign system with one empty object of these columns: id (integer, the key, numbered by the
 * system from 1 where it is not given), sku (text, required, unique, 20 characters at most), name
 * (text, required), price (decimal), stock (integer of 64 bits), note (text, large ones are told
 * only when they change).
 */
export type Fixture = {
  readonly connector: Connector<LogSession>;
  readonly settings: Record<string, unknown>;
  /** Settings that the system must refuse; null where nothing is secret. */
  readonly refusedSettings: Record<string, unknown> | null;
  readonly object: string;
  /** Does all of it in one transaction. */
  edit(work: (edits: FixtureEdits) => Promise<void>): Promise<void>;
  addColumn(name: string): Promise<void>;
  /** All rows as the system itself tells them, by id. */
  rows(): Promise<Map<string, Columns>>;
  /** Cuts every connection to the system, as a crash does. */
  cut(): Promise<void>;
  dispose(): Promise<void>;
};

const WAIT_MS = 10_000;
const COUNT_MAX = 1_000;

/** What the engine relies on from every connector. Each connector's own test calls this first. */
export function testConnectorContract(id: string, createFixture: () => Promise<Fixture>): void {
  describe(`${id} keeps the connector contract`, () => {
    const open: { dispose(): Promise<void> }[] = [];
    afterEach(async () => {
      for (const one of open.splice(0).reverse()) await one.dispose();
    });

    async function setUp() {
      const fixture = await createFixture();
      open.push(fixture);
      const connect = async (): Promise<LogSession> => {
        const session = await fixture.connector.open(fixture.settings, "contract");
        open.push({ dispose: () => session.close() });
        return session;
      };
      const session = await connect();
      const begin = (from: Position | null, loadedAt: Position | null): CaptureStart => ({
        objects: [{ name: fixture.object, loadedAt }],
        from,
      });
      /** Reads the object whole and gives the reader of what comes after, with its position. */
      const load = async (by: LogSession = session) => {
        const capture = await by.capture(begin(null, null));
        const reader = new Reader(capture);
        const position = await reader.readLoad();
        return { capture, reader, position };
      };
      /** Goes on where a hub has committed. */
      const resume = async (
        from: Position | null,
        loadedAt: Position,
        by: LogSession = session,
      ) => {
        const capture = await by.capture(begin(from, loadedAt));
        return { capture, reader: new Reader(capture) };
      };
      return { fixture, session, connect, load, resume };
    }

    test("describes its objects", async () => {
      const { fixture, session } = await setUp();
      const schema = (await session.discover()).find(({ name }) => name === fixture.object);
      expect(schema?.key).toEqual(["id"]);
      expect(schema?.uniques).toEqual([["sku"]]);
      expect(schema?.columns.map(({ name, type, nullable }) => [name, type, nullable])).toEqual([
        ["id", "integer", false],
        ["sku", "text", false],
        ["name", "text", false],
        ["price", "decimal", true],
        ["stock", "integer", true],
        ["note", "text", true],
      ]);
      expect(schema?.columns.find(({ name }) => name === "sku")?.lengthMax).toBe(20);
      expect((await session.check()).map(({ ok }) => ok)).not.toContain(false);
    });

    test("reads every change after a position, and none before it", async () => {
      const { fixture, load, resume, connect } = await setUp();
      const { reader, position } = await load();
      await fixture.edit((edits) => edits.insert(item("A")));
      const [first] = await reader.readUntil(1);
      await fixture.edit((edits) => edits.insert(item("B")));
      await fixture.edit((edits) => edits.update("1", { stock: "7" }));

      const again = await resume(first.position, position, await connect());
      const later = await again.reader.readUntil(2);
      expect(later.changes.map(nameOf)).toEqual(["row 2", "row 1"]);
      expect(later.changes[1]).toMatchObject({ operation: "update", columns: { stock: "7" } });
      const positions = later.changes.map((change) => change.position);
      expect(positions).toEqual([...positions].sort());
      expect(new Set(positions).size).toBe(2);
    });

    test("tells again after a crash what was not committed, and nothing twice otherwise", async () => {
      const { fixture, load, resume, connect } = await setUp();
      const { capture, reader, position } = await load();
      for (const sku of ["A", "B", "C"]) await fixture.edit((edits) => edits.insert(item(sku)));
      const all = await reader.readUntil(3);
      const committed = all.changes[0]?.position ?? position;
      await fixture.cut();
      await expect(capture.next(waiting())).rejects.toThrow(FailureError);

      const again = await resume(committed, position, await connect());
      const told = await again.reader.readUntil(2);
      expect(told.changes.map(nameOf)).toEqual(["row 2", "row 3"]);
    });

    test("reads an object whole while its writers go on, without gap or doubt", async () => {
      const { fixture, session } = await setUp();
      await fixture.edit((edits) => edits.insert(...items(500)));
      const capture = await session.capture({
        objects: [{ name: fixture.object, loadedAt: null }],
        from: null,
      });
      const reader = new Reader(capture);
      const writers = editAtRandom(fixture, 150);
      await reader.readLoad();
      await writers;
      await fixture.edit((edits) => edits.insert({ ...item("END"), id: "9999" }));
      await reader.readUntilSeen("9999");
      expect(sorted(reader.model)).toEqual(sorted(await fixture.rows()));
    });

    test("does not tell again what a load has told", async () => {
      const { fixture, session, load, resume } = await setUp();
      const { capture, reader } = await load();
      await fixture.edit((edits) => edits.insert(item("A")));
      const [first] = await reader.readUntil(1);
      await capture.close();
      await fixture.edit((edits) => edits.update("1", { stock: "1" }));
      const again = await session.capture({
        objects: [{ name: fixture.object, loadedAt: null }],
        from: first.position,
      });
      const loadedAt = await new Reader(again).readLoad();
      await again.close();

      await fixture.edit((edits) => edits.update("1", { stock: "2" }));
      const last = await resume(first.position, loadedAt);
      const { changes } = await last.reader.readUntil(1);
      expect(changes).toMatchObject([{ columns: { stock: "2" } }]);
    });

    test("folds a transaction to the state at its end", async () => {
      const { fixture, load } = await setUp();
      await fixture.edit((edits) => edits.insert(item("A"), item("B"), item("C")));
      const { reader } = await load();
      await fixture.edit(async (edits) => {
        await edits.update("1", { stock: "1" });
        await edits.update("1", { price: "2.5" });
        await edits.remove("2");
        await edits.insert({ ...item("B2"), id: "2" });
        await edits.remove("3");
        await edits.insert({ ...item("D"), id: "40" });
        await edits.update("40", { stock: "4" });
      });
      const { changes } = await reader.readUntil(4);
      expect(byName(changes)).toEqual(["gone 3", "row 1", "row 2", "row 40"]);
      const row = (id: string) => changes.find((change) => nameOf(change) === `row ${id}`);
      expect(row("1")).toMatchObject({
        operation: "update",
        columns: { stock: "1", price: "2.5" },
      });
      expect(row("2")).toMatchObject({ operation: "update", columns: { sku: "B2" } });
      expect(row("40")).toMatchObject({ operation: "insert", columns: { stock: "4" } });
    });

    test("tells a changed key as the same row", async () => {
      const { fixture, load } = await setUp();
      await fixture.edit((edits) => edits.insert(item("A"), item("B")));
      const { reader } = await load();
      await fixture.edit((edits) => edits.update("1", { id: "100" }));
      const [told] = await reader.readUntil(1);
      expect(told.changes).toMatchObject([{ externalId: "100", previousExternalId: "1" }]);

      await fixture.edit(async (edits) => {
        await edits.remove("2");
        await edits.update("100", { id: "2" });
      });
      const taken = await reader.readUntil(2);
      expect(taken.changes.map(nameOf)).toEqual(["gone 2", "row 2"]);
      expect(taken.changes[1]).toMatchObject({ previousExternalId: "100" });
    });

    test("tells a row that left its key before a new one that has it", async () => {
      const { fixture, load } = await setUp();
      await fixture.edit((edits) => edits.insert(item("A")));
      const { reader } = await load();
      await fixture.edit(async (edits) => {
        await edits.update("1", { id: "100" });
        await edits.insert({ ...item("B"), id: "1" });
        await edits.update("100", { id: "101" });
      });
      const { changes } = await reader.readUntil(2);
      expect(changes).toMatchObject([
        { externalId: "101", previousExternalId: "1" },
        { externalId: "1", operation: "insert", columns: { sku: "B" } },
      ]);
    });

    test("tells what becomes of rows that hand their keys on", async () => {
      const { fixture, load } = await setUp();
      await fixture.edit((edits) => edits.insert(item("A"), item("B")));
      const { reader } = await load();
      await fixture.edit(async (edits) => {
        await edits.update("1", { id: "100" });
        await edits.update("2", { id: "1" });
        await edits.remove("100");
        await edits.update("1", { id: "101" });
      });
      const { changes } = await reader.readUntil(2);
      expect(changes).toMatchObject([
        { kind: "gone", externalId: "1" },
        { externalId: "101", previousExternalId: "2" },
      ]);
    });

    test("tells that an object was emptied, and what came in after that", async () => {
      const { fixture, load } = await setUp();
      await fixture.edit((edits) => edits.insert(item("A"), item("B")));
      const { reader } = await load();
      await fixture.edit(async (edits) => {
        await edits.update("1", { stock: "5" });
        await edits.truncate();
        await edits.insert({ ...item("C"), id: "3" });
      });
      const { changes } = await reader.readUntil(2);
      expect(changes.map((change) => change.kind)).toEqual(["emptied", "row"]);
      expect(sorted(reader.model)).toEqual(sorted(await fixture.rows()));
    });

    test("leaves a large value out that did not change", async () => {
      const { fixture, load } = await setUp();
      const note = Array.from({ length: 4_000 }, (_, place) => `${place} `).join("");
      await fixture.edit((edits) => edits.insert({ ...item("A"), note }));
      const { reader } = await load();
      await fixture.edit((edits) => edits.update("1", { stock: "3" }));
      await fixture.edit((edits) => edits.update("1", { note: "short" }));
      const { changes } = await reader.readUntil(2);
      const [first, second] = changes.map((change) => ("columns" in change ? change.columns : {}));
      expect(first).not.toHaveProperty("note");
      expect(first).toMatchObject({ stock: "3" });
      expect(second).toMatchObject({ note: "short" });
    });

    test("keeps numbers exact", async () => {
      const { fixture, session, load } = await setUp();
      const { reader } = await load();
      const exact = { price: "123456789012345678901234567890.5", stock: "9007199254740993" };
      await fixture.edit((edits) => edits.insert({ ...item("A"), ...exact }));
      const [told] = await reader.readUntil(1);
      expect(told.changes).toMatchObject([{ columns: exact }]);
      const [row] = await session.readByIds(fixture.object, ["1"]);
      expect(row?.columns).toMatchObject(exact);
    });

    test("cuts a transaction that is longer than a batch, and goes on in its middle", async () => {
      const { fixture, load, resume, connect } = await setUp();
      const { capture, position } = await load();
      await fixture.edit((edits) => edits.insert(...items(2_500)));
      const first = await capture.next(waiting());
      if (first === null) throw new Error("Nothing was told.");
      expect(first.changes).toHaveLength(COUNT_MAX);
      await fixture.cut();

      const again = await resume(first.position, position, await connect());
      const rest = await again.reader.readUntil(1_500);
      const ids = [...first.changes, ...rest.changes].map(nameOf);
      expect(ids).toHaveLength(2_500);
      expect(new Set(ids).size).toBe(2_500);
    });

    test("falls behind by nothing once everything is acknowledged", async () => {
      const { fixture, load } = await setUp();
      const { capture, reader } = await load();
      await fixture.edit((edits) => edits.insert(item("A")));
      const [told] = await reader.readUntil(1);
      expect((await capture.lag())?.bytes).toBeGreaterThan(0);
      await capture.acknowledge(told.position);
      await expect
        .poll(() => capture.lag(), { timeout: WAIT_MS })
        .toEqual({ bytes: 0, seconds: 0 });
    });

    test("refuses to go on where its place is lost", async () => {
      const { fixture, session, load, resume } = await setUp();
      const { reader, position } = await load();
      await fixture.edit((edits) => edits.insert(item("A")));
      const [told] = await reader.readUntil(1);
      await session.remove();
      await expect(resume(told.position, position)).rejects.toMatchObject({
        failure: { kind: "place-lost", because: "log" },
      });
    });

    test("tells a hub that knows less than it was told", async () => {
      const { fixture, session, load, resume } = await setUp();
      const { capture, reader, position } = await load();
      await fixture.edit((edits) => edits.insert(item("A")));
      const [first] = await reader.readUntil(1);
      await fixture.edit((edits) => edits.insert(item("B")));
      const [{ position: last }] = await reader.readUntil(1);
      const place = await session.place();
      expect((place.kept ?? "~") <= position).toBe(true);
      expect(place.end >= last).toBe(true);
      await capture.acknowledge(last);
      await expect.poll(async () => (await session.place()).kept, { timeout: WAIT_MS }).toBe(last);
      await capture.close();
      await expect(resume(first.position, position)).rejects.toMatchObject({
        failure: { kind: "place-lost", because: "hub" },
      });
      const again = await resume(last, position);
      await fixture.edit((edits) => edits.insert(item("C")));
      expect((await again.reader.readUntil(1)).changes).toHaveLength(1);
    });

    test("goes on after a load that was all that the hub has committed", async () => {
      const { fixture, session, load, resume } = await setUp();
      const { capture, position } = await load();
      await capture.close();
      await fixture.edit((edits) => edits.insert(item("A")));
      const again = await resume(null, position);
      expect((await again.reader.readUntil(1)).changes.map(nameOf)).toEqual(["row 1"]);
      await again.capture.close();
      await session.remove();
      await expect(resume(null, position)).rejects.toMatchObject({
        failure: { kind: "place-lost", because: "log" },
      });
      expect((await session.place()).kept).toBeNull();
    });

    test("notices that an object's columns changed", async () => {
      const { fixture, load } = await setUp();
      await fixture.edit((edits) => edits.insert(item("A")));
      const { reader } = await load();
      await fixture.addColumn("colour");
      await fixture.edit((edits) => edits.update("1", { colour: "red" }));
      const { changes } = await reader.readUntil(2);
      expect(changes.map((change) => change.kind)).toEqual(["schema", "row"]);
      const [schema, row] = changes;
      expect(schema).toMatchObject({ schema: { name: fixture.object } });
      expect(JSON.stringify(schema)).toContain("colour");
      expect(row).toMatchObject({ columns: { colour: "red" } });
    });

    test("tells a shape that the hub does not know at once", async () => {
      const { fixture, session } = await setUp();
      const known = (await session.discover()).find(({ name }) => name === fixture.object);
      await fixture.addColumn("colour");
      const schema = known === undefined ? {} : { schema: known };
      const capture = await session.capture({
        objects: [{ name: fixture.object, loadedAt: null, ...schema }],
        from: null,
      });
      const reader = new Reader(capture);
      await reader.readLoad();
      expect(reader.seen.map((change) => change.kind)).toContain("schema");
    });

    test("writes only where nobody has changed the row", async () => {
      const { fixture, session, load } = await setUp();
      await fixture.edit((edits) => edits.insert(item("A"), item("B"), item("C")));
      const { reader } = await load();
      await fixture.edit((edits) => edits.update("2", { price: "9" }));
      const write = (externalId: string, price: string): RowWrite => ({
        operation: "update",
        externalId,
        columns: { price },
        condition: { price: null, name: "Item" },
      });
      const { results, transaction } = await writeAll(session, fixture.object, [
        write("1", "1.50"),
        write("2", "2"),
        write("99", "3"),
      ]);
      expect(results.map(({ status }) => status)).toEqual(["written", "changed", "missing"]);
      expect(results[0]).toMatchObject({ columns: { price: "1.5", sku: "A", stock: null } });
      expect((await fixture.rows()).get("2")).toMatchObject({ price: "9" });

      const { changes } = await reader.readUntil(2);
      expect(changes[1]).toMatchObject({ externalId: "1", transaction });
    });

    test("finds one bad row among a thousand, and writes the others", async () => {
      const { fixture, session } = await setUp();
      const rows = items(1_000).map((columns): RowWrite => ({ operation: "create", columns }));
      const bad = { ...item("T"), sku: "far more than twenty characters" };
      rows[617] = { operation: "create", columns: bad };
      const { results } = await writeAll(session, fixture.object, rows);
      const refused = results.flatMap((result, place) => (isWritten(result) ? [] : [place]));
      expect(refused).toEqual([617]);
      expect(results[617]).toMatchObject({ status: "refused", code: "length", column: "sku" });
      expect((await fixture.rows()).size).toBe(999);
      // Each result belongs to its row.
      const skus = results.map((result) => (isWritten(result) ? result.columns["sku"] : null));
      expect(skus).toEqual(rows.map((row, place) => (place === 617 ? null : skuOf(row))));
    });

    test("names what is wrong with each row", async () => {
      const { fixture, session } = await setUp();
      await fixture.edit((edits) => edits.insert(item("A"), item("B")));
      const update = (columns: Columns): RowWrite => {
        return { operation: "update", externalId: "1", columns, condition: {} };
      };
      const { results } = await writeAll(session, fixture.object, [
        update({ sku: "B" }),
        update({ name: null }),
        update({ stock: "abc" }),
        update({ nowhere: "x" }),
        { operation: "create", columns: { sku: "C" } },
        update({ stock: "1" }),
      ]);
      const codes = results.map((result) => (result.status === "refused" ? result.code : "-"));
      expect(codes).toEqual(["unique", "required", "type", "type", "required", "-"]);
      const columns = results.map((result) => (result.status === "refused" ? result.column : "-"));
      expect(columns).toEqual(["sku", "name", columns[2], "nowhere", "name", "-"]);
    });

    test("deletes only what nobody has changed", async () => {
      const { fixture, session } = await setUp();
      await fixture.edit((edits) => edits.insert(item("A"), item("B")));
      const remove = (externalId: string, sku: string): RowWrite => {
        return { operation: "delete", externalId, condition: { sku } };
      };
      const { results } = await writeAll(session, fixture.object, [
        remove("1", "A"),
        remove("2", "other"),
        remove("3", "C"),
      ]);
      expect(results.map(({ status }) => status)).toEqual(["written", "changed", "missing"]);
      expect([...(await fixture.rows()).keys()]).toEqual(["2"]);
    });

    test("knows what became of a transaction whose answer was lost", async () => {
      const { fixture, session, connect } = await setUp();
      const rows: RowWrite[] = [{ operation: "create", columns: item("A") }];
      const committed = await session.beginWrite();
      await committed.write(fixture.object, rows);
      await committed.commit();
      const undone = await session.beginWrite();
      await undone.write(fixture.object, [{ operation: "create", columns: item("B") }]);
      expect(await session.outcome(undone.transaction)).toBe("running");
      await fixture.cut();
      await expect(undone.commit()).rejects.toThrow(FailureError);

      const after = await connect();
      expect(await after.outcome(committed.transaction)).toBe("committed");
      await expect
        .poll(() => after.outcome(undone.transaction), { timeout: WAIT_MS })
        .toBe("aborted");
      expect((await fixture.rows()).size).toBe(1);
    });

    test("undoes what is not committed", async () => {
      const { fixture, session } = await setUp();
      const write = await session.beginWrite();
      await write.write(fixture.object, [{ operation: "create", columns: item("A") }]);
      await write.abort();
      expect((await fixture.rows()).size).toBe(0);
      expect(await session.outcome(write.transaction)).toBe("aborted");
    });

    test("finds rows by id and by value, and reads them all", async () => {
      const { fixture, session } = await setUp();
      await fixture.edit((edits) => edits.insert(...items(25)));
      const { object } = fixture;
      const byIds = await session.readByIds(object, ["3", "nothing", "7", "999"]);
      expect(byIds.map(({ externalId }) => externalId).sort()).toEqual(["3", "7"]);
      const found = await session.search(object, { sku: "S10", price: null }, 5);
      expect(found.map(({ externalId }) => externalId)).toEqual(["11"]);
      expect(await session.search(object, { name: "Item" }, 5)).toHaveLength(5);
      expect(await session.search(object, { sku: "S1", name: "Other" }, 5)).toEqual([]);
      const any = [{ sku: "S3" }, { sku: "nothing" }, { sku: "S12" }];
      const many = await session.searchAny(object, any, 10);
      expect(many.map(({ columns }) => columns["sku"]).sort()).toEqual(["S12", "S3"]);
      expect(await session.searchAny(object, [{ name: "Item" }], 7)).toHaveLength(7);
      expect(await session.searchAny(object, [{ nothing: "S3" }], 7)).toEqual([]);
      const pages: number[] = [];
      for await (const page of session.readAll(object, 10)) pages.push(page.length);
      expect(pages).toEqual([10, 10, 5]);
    });

    test("refuses credentials that do not work", async () => {
      const { fixture } = await setUp();
      if (fixture.refusedSettings === null) return;
      const opening = fixture.connector.open(fixture.refusedSettings, "contract");
      await expect(opening).rejects.toMatchObject({ failure: { kind: "unauthorized" } });
    });

    test("measures its clock", async () => {
      const { session } = await setUp();
      const { offsetMs, errorMs } = await session.clock();
      expect(errorMs).toBeGreaterThanOrEqual(0);
      expect(Math.abs(offsetMs)).toBeLessThan(60_000);
    });
  });
}

/** Reads a capture as a hub does: keeps what the rows are, and acknowledges nothing by itself. */
class Reader {
  readonly model = new Map<string, Columns>();
  readonly seen: Change[] = [];
  readonly #capture: Capture;

  constructor(capture: Capture) {
    this.#capture = capture;
  }

  /** Reads until the load's last batch. @returns the load's position */
  async readLoad(): Promise<Position> {
    for (;;) {
      const batch = await this.#next();
      if (batch.kind === "snapshot" && batch.last) return batch.position;
    }
  }

  /** Reads batches until this many changes have come. */
  async readUntil(count: number) {
    const changes: Change[] = [];
    const batches: Batch[] = [];
    while (changes.length < count) {
      const batch = await this.#next();
      batches.push(batch);
      changes.push(...batch.changes);
    }
    const last = batches.at(-1);
    if (last === undefined) throw new Error("Nothing was asked for.");
    return Object.assign([last] as const, { changes });
  }

  async readUntilSeen(externalId: string): Promise<void> {
    while (!this.model.has(externalId)) await this.#next();
  }

  async #next(): Promise<Batch> {
    for (let calls = 0; ; calls += 1) {
      const batch = await this.#capture.next(waiting());
      if (batch !== null) {
        for (const change of batch.changes) this.#apply(change);
        this.seen.push(...batch.changes);
        return batch;
      }
      // A capture without waiting answers at once; whatever was edited is there by then.
      if (calls > 3) throw new Error("The capture tells nothing more.");
    }
  }

  #apply(change: Change): void {
    if (change.kind === "emptied") this.model.clear();
    if (change.kind === "gone") this.model.delete(change.externalId);
    if (change.kind !== "row") return;
    const { externalId, previousExternalId, columns } = change;
    const before = this.model.get(previousExternalId ?? externalId);
    if (previousExternalId !== undefined) this.model.delete(previousExternalId);
    this.model.set(externalId, change.operation === "insert" ? columns : { ...before, ...columns });
  }
}

function waiting() {
  return { countMax: COUNT_MAX, waitMs: WAIT_MS, signal: new AbortController().signal };
}

function item(sku: string): Columns {
  return { sku, name: "Item" };
}

function items(count: number): Columns[] {
  return Array.from({ length: count }, (_, place) => item(`S${place}`));
}

function skuOf(row: RowWrite): unknown {
  return row.operation === "create" ? row.columns["sku"] : null;
}

function isWritten(result: RowResult): result is Extract<RowResult, { status: "written" }> {
  return result.status === "written";
}

function nameOf(change: Change): string {
  return "externalId" in change ? `${change.kind} ${change.externalId}` : change.kind;
}

function byName(changes: readonly Change[]): string[] {
  return changes.map(nameOf).sort();
}

function sorted(rows: ReadonlyMap<string, Columns>): [string, Columns][] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function writeAll(session: LogSession, object: string, rows: readonly RowWrite[]) {
  const write = await session.beginWrite();
  const results = await write.write(object, rows);
  await write.commit();
  return { results, transaction: write.transaction };
}

/** Edits of every kind, one after the other, from numbers that are the same in every run. */
async function editAtRandom(fixture: Fixture, count: number): Promise<void> {
  let seed = 42;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const living = Array.from({ length: 500 }, (_, place) => String(place + 1));
  for (let each = 0; each < count; each += 1) {
    const place = random(living.length);
    const id = living[place] ?? "";
    await fixture.edit(async (edits) => {
      switch (random(4)) {
        case 0: {
          await edits.remove(id);
          living.splice(place, 1);
          break;
        }
        case 1: {
          const newId = String(1_000 + each);
          await edits.update(id, { id: newId, stock: String(each) });
          living[place] = newId;
          break;
        }
        case 2: {
          const newId = String(5_000 + each);
          await edits.insert({ ...item(`N${each}`), id: newId });
          living.push(newId);
          break;
        }
        default:
          await edits.update(id, { stock: String(each), price: String(random(1_000)) });
      }
    });
  }
}
