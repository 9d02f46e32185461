import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MapDocument } from "../core/map/document.ts";
import { eventually } from "../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../testing/running-hub.ts";

const table = (name: string) =>
  `create table ${name} (code text primary key, label text, note text);`;

const COLUMNS = ["code", "label", "note"];

const binding = (system: string, object: string, entity: string) => ({
  id: `${system}-${entity}`,
  system,
  object: `public.${object}`,
  entity,
  edges: COLUMNS.map((column) => ({ id: column, columns: [column], fields: [column] })),
});

const entity = (id: string) => ({
  id,
  name: id,
  title: "label",
  matchKeys: [["code"]],
  fields: COLUMNS.map((field) => ({ id: field, name: field, type: "text" })),
});

const MAP = MapDocument.parse({
  format: 1,
  systems: [
    { id: "left", name: "Left", code: "LE", line: 1 },
    { id: "right", name: "Right", code: "RI", line: 2 },
  ],
  entities: [entity("thing"), entity("other")],
  bindings: ["left", "right"].flatMap((system) => [
    binding(system, "things", "thing"),
    binding(system, "others", "other"),
  ]),
});

describe("a source that changes its shape", () => {
  let running: RunningHub;
  const db = (system: string) => {
    const database = running.systems[system];
    if (database === undefined) throw new Error(system);
    return database.sql;
  };
  const rows = (system: string, name: string) =>
    db(system).unsafe(`select code, label, note from ${name} order by code`);
  const driftOf = async (system: string, name: string) => {
    const [row] = await running.hub.sql<{ drift: unknown }[]>`
      select drift from objects where system = ${system} and name = ${name}`;
    return row?.drift;
  };
  /** What the hub has of one field of a thing. */
  const hubValue = async (code: string, field: string) => {
    const [row] = await running.hub.sql<{ value: unknown }[]>`
      select values->${field}->'v' as value from records
      where entity = 'thing' and values->'code'->>'v' = ${code}`;
    return row?.value;
  };

  beforeAll(async () => {
    const script = `${table("things")}${table("others")}
      insert into things values ('t1', 'one'), ('t2', 'two'), ('t3', 'three');
      insert into others values ('o1', 'one');`;
    running = await createRunningHub({ left: script, right: table("things") + table("others") });
    await running.publish(MAP);
    await running.startEngine();
    await eventually(async () => {
      expect(await rows("right", "things")).toHaveLength(3);
      expect(await rows("right", "others")).toHaveLength(1);
    });
  });
  afterAll(() => running.close());

  test("a new column stops nothing and is told", async () => {
    await db("left")`alter table things add column extra integer`;
    await db("left")`update things set label = 'uno' where code = 't1'`;
    await eventually(async () => {
      expect(await rows("right", "things")).toMatchObject([{ label: "uno" }, {}, {}]);
      expect(await driftOf("left", "public.things")).toMatchObject({ breaking: false });
    });
  });

  test("a used column that is gone stops what it carries, and nothing else", async () => {
    await db("left")`alter table things rename column label to title`;
    await db("left")`update things set title = 'hidden', note = 'seen' where code = 't1'`;
    await db("left")`insert into things values ('t4', 'four', 'new')`;
    await db("left")`update others set label = 'eins' where code = 'o1'`;
    await eventually(async () => {
      expect(await rows("right", "others")).toEqual([{ code: "o1", label: "eins", note: null }]);
      expect(await rows("right", "things")).toMatchObject([
        { code: "t1", label: "uno", note: "seen" },
        { code: "t2" },
        { code: "t3" },
        { code: "t4", label: null, note: "new" },
      ]);
    });
    expect(await driftOf("left", "public.things")).toMatchObject({
      breaking: true,
      lost: { label: "text" },
    });
  });

  test("what others write of it meanwhile reaches the hub, and waits for the column", async () => {
    await db("right")`update things set label = 'dos', note = 'dos' where code = 't2'`;
    await eventually(async () => {
      const [, second] = await db("left")`select title, note from things order by code`;
      expect(second).toEqual({ title: "two", note: "dos" });
      expect(await hubValue("t2", "label")).toBe("dos");
    });
  });

  test("when the column is back it goes on, with what was edited on both sides", async () => {
    await db("left")`alter table things rename column title to label`;
    await eventually(async () => {
      const both = [
        { code: "t1", label: "hidden", note: "seen" },
        { code: "t2", label: "dos", note: "dos" },
        { code: "t3", label: "three", note: null },
        { code: "t4", label: "four", note: "new" },
      ];
      expect(await rows("left", "things")).toEqual(both);
      expect(await rows("right", "things")).toEqual(both);
      expect(await driftOf("left", "public.things")).toBeNull();
    });
    expect(await running.hub.sql`select 1 from conflicts where state = 'open'`).toHaveLength(0);
  });

  test("in a system that is written, the other fields are written on", async () => {
    await db("right")`alter table things rename column label to title`;
    await db("left")`update things set label = 'tres', note = 'tres' where code = 't3'`;
    await eventually(async () => {
      const [, , third] = await db("right")`select title, note from things order by code`;
      expect(third).toEqual({ title: "three", note: "tres" });
      expect(await driftOf("right", "public.things")).toMatchObject({ lost: { label: "text" } });
    });
    await db("right")`alter table things rename column title to label`;
    await eventually(async () => {
      const third = { code: "t3", label: "tres", note: "tres" };
      expect(await rows("right", "things")).toMatchObject([{}, {}, third, {}]);
    });
    await eventually(async () => {
      expect(await running.hub.sql`select 1 from deliveries`).toHaveLength(0);
      expect(await running.hub.sql`select 1 from quarantine where state = 'held'`).toHaveLength(0);
    });
  });

  test("a changed type stops its column alone, until it is what it was", async () => {
    await db("left")`alter table things alter column note type integer using 7`;
    await db("left")`update things set label = 'ein' where code = 't1'`;
    await eventually(async () => {
      expect(await rows("right", "things")).toMatchObject([
        { label: "ein", note: "seen" },
        {},
        {},
        {},
      ]);
      expect(await driftOf("left", "public.things")).toMatchObject({ lost: { note: "text" } });
    });
    await db("left")`alter table things alter column note type text using 'new ' || code`;
    await eventually(async () => {
      expect(await rows("right", "things")).toMatchObject([{ note: "new t1" }, {}, {}, {}]);
    });
  });

  test("without the column that names its rows an object stands still, alone", async () => {
    await db("left")`alter table things rename column code to id`;
    await db("left")`update things set label = 'unseen' where id = 't1'`;
    await db("left")`update others set note = 'seen' where code = 'o1'`;
    await eventually(async () => {
      expect(await rows("right", "others")).toMatchObject([{ note: "seen" }]);
      expect(await driftOf("left", "public.things")).toMatchObject({ breaking: true });
    });
    expect(await driftOf("left", "public.things")).not.toHaveProperty("lost");
    expect(await rows("right", "things")).toMatchObject([{ label: "ein" }, {}, {}, {}]);
    await db("left")`alter table things rename column id to code`;
    await running.hub.sql`select pg_notify('fieldline', '{"topics":["systems"]}')`;
    await eventually(async () => {
      expect(await rows("right", "things")).toMatchObject([{ label: "unseen" }, {}, {}, {}]);
    });
  });
});
