import { expect, test } from "vitest";
import { addressMap, columnsOf } from "./testing/address-states.ts";
import { ModelHub } from "./testing/model-hub.ts";
import { atSecond } from "./testing/three-states.ts";

test("a row that takes the id of one whose end nobody was told of: that one is gone, and it is told", () => {
  const hub = new ModelHub(addressMap({}));
  for (const [id, key] of [
    ["1", "K1"],
    ["2", "K2"],
  ] as const) {
    hub.observe([hub.edit("a", id, { key, ...columnsOf("s1/c1/z1") }, atSecond(0))]);
  }
  while (hub.deliver() > 0);
  const { rows } = hub.system("a");
  rows.set("1", { ...rows.get("2"), street: "s2" });
  rows.delete("2");
  const told = hub.tell("a", "1", { at: atSecond(1), transaction: "7" });
  hub.observe([{ ...told, previousExternalId: "2" }]);
  const places = [...hub.links.values()].flatMap(({ system, externalId, record, state }) => {
    const { key, street } = hub.records.get(record)?.values ?? {};
    return system === "a" ? [[key?.v, street?.v, externalId, state]] : [];
  });
  expect(places).toEqual([
    ["K1", "s1", "1", "gone"],
    ["K2", "s2", "1", "live"],
  ]);
  const ends = hub.audit.filter(({ kind }) => kind === "row-gone");
  expect(ends.map(({ cause }) => cause.detail)).toEqual(["Another row has its id now."]);
  while (hub.deliver() > 0);
  const keysOf = (system: string) => [...hub.system(system).rows.values()].map(({ key }) => key);
  expect([keysOf("a"), keysOf("b"), keysOf("c")]).toEqual([["K2"], ["K2"], ["K2"]]);
});
