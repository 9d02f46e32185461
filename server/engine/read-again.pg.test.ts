import { afterAll, beforeAll, expect, test } from "vitest";
import { MapDocument } from "../core/map/document.ts";
import { systemClock } from "../platform/clock.ts";
import { createIdSource } from "../platform/ids.ts";
import { systemRandom } from "../platform/random.ts";
import { eventually } from "../testing/eventually.ts";
import { createRunningHub, type RunningHub } from "../testing/running-hub.ts";
import { runBinding } from "./acts/run-binding.ts";

const MAP = MapDocument.parse({
  format: 1,
  systems: [{ id: "left", name: "Left", code: "LE", line: 1 }],
  entities: [
    {
      id: "thing",
      name: "Thing",
      title: "label",
      matchKeys: [["code"]],
      fields: ["code", "label"].map((field) => ({ id: field, name: field, type: "text" })),
    },
  ],
  bindings: [
    {
      id: "left-thing",
      system: "left",
      object: "public.things",
      entity: "thing",
      edges: ["code", "label"].map((name) => ({ id: name, columns: [name], fields: [name] })),
    },
  ],
});

let running: RunningHub;
beforeAll(async () => {
  running = await createRunningHub({
    left: "create table things (code text primary key, label text); insert into things values ('t1', 'one')",
  });
  await running.publish(MAP);
  await running.startEngine();
});
afterAll(() => running.close());

const loads = async () => {
  const [row] = await running.hub.sql<{ loads: number; loaded: boolean }[]>`
    select (select count(*)::int from runs
        where kind = 'initial-load' and state = 'succeeded') as loads,
      (select loaded ? 'public.things' from captures) as loaded`;
  return row;
};

test("an object is read again for whoever asks, by the engine that read it first", async () => {
  await eventually(async () => expect(await loads()).toEqual({ loads: 1, loaded: true }));
  const ids = createIdSource(systemClock, systemRandom);
  const ctx = { hub: running.hub, clock: systemClock, ids, person: "ada@example.com" };
  for (const count of [2, 3]) {
    expect(await runBinding(ctx, { binding: "left-thing" })).toMatchObject({ kind: "started" });
    await eventually(async () => expect(await loads()).toEqual({ loads: count, loaded: true }));
  }
});
