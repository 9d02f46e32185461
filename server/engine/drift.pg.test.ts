import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MapDocument } from "../core/map/document.ts";
import { eventually } from "../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../testing/running-hub.ts";

const table = (name: string) =>
  `create table ${name} (code text primary key, label text, note text);`;

const binding = (system: string, object: string, entity: string) => ({
  id: `${system}-${entity}`,
  system,
  object: `public.${object}`,
  entity,
  edges: ["code", "label"].map((column) => ({ id: column, columns: [column], fields: [column] })),
});

const entity = (id: string) => ({
  id,
  name: id,
  title: "label",
  matchKeys: [["code"]],
  fields: ["code", "label"].map((field) => ({ id: field, name: field, type: "text" })),
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
  const labels = (system: string, name: string) =>
    db(system).unsafe(`select code, label from ${name} order by code`);

  beforeAll(async () => {
    const script = `${table("things")}${table("others")}
      insert into things values ('t1', 'one'); insert into others values ('o1', 'one');`;
    running = await createRunningHub({ left: script, right: table("things") + table("others") });
    await running.publish(MAP);
    await running.startEngine();
    await eventually(async () => {
      expect(await labels("right", "things")).toHaveLength(1);
      expect(await labels("right", "others")).toHaveLength(1);
    });
  });
  afterAll(() => running.close());

  test("a new column stops nothing and is told", async () => {
    await db("left")`alter table things add column extra integer`;
    await db("left")`update things set label = 'uno' where code = 't1'`;
    await eventually(async () => {
      expect(await labels("right", "things")).toEqual([{ code: "t1", label: "uno" }]);
      const [row] = await running.hub.sql`
        select drift from objects where system = 'left' and name = 'public.things'`;
      expect(row?.["drift"]).toMatchObject({ breaking: false });
    });
  });

  test("a used column that is gone stops its object alone", async () => {
    await db("left")`alter table things rename column label to title`;
    await db("left")`update things set title = 'hidden' where code = 't1'`;
    await db("left")`update others set label = 'eins' where code = 'o1'`;
    await eventually(async () => {
      expect(await labels("right", "others")).toEqual([{ code: "o1", label: "eins" }]);
      const [row] = await running.hub.sql`
        select drift from objects where system = 'left' and name = 'public.things'`;
      expect(row?.["drift"]).toMatchObject({ breaking: true });
    });
    expect(await labels("right", "things")).toEqual([{ code: "t1", label: "uno" }]);
  });

  test("when the column is back the object goes on, with what was edited meanwhile", async () => {
    await db("left")`alter table things rename column title to label`;
    await running.hub.sql`select pg_notify('fieldline', '{"topics":["systems"]}')`;
    await eventually(async () => {
      expect(await labels("right", "things")).toEqual([{ code: "t1", label: "hidden" }]);
    });
  });
});
