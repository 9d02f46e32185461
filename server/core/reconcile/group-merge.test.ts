import { expect, test } from "vitest";
import type { LinkId, RecordId } from "../ids.ts";
import { mergeRecords } from "./merge.ts";
import { addressMap, columnsOf, hubText, rowText } from "./testing/address-states.ts";
import { ModelHub } from "./testing/model-hub.ts";
import { atSecond, settle } from "./testing/three-states.ts";
import { unmergeRecord } from "./unmerge.ts";

const ANA = { person: "person:ana@example.com", command: "merge" } as const;
const NONE: ReadonlySet<LinkId> = new Set();

/** Record 1 is in a, record 2 in b, and nobody makes rows for them. */
function twins(): { hub: ModelHub; winner: RecordId; loser: RecordId } {
  const hub = new ModelHub(addressMap({ makesRows: false }));
  hub.observe([hub.edit("a", "1", { key: "K1", ...columnsOf("s1/c1/z1") }, atSecond(0))]);
  hub.observe([hub.edit("b", "1", { key: "K2", ...columnsOf("s2/-/z1") }, atSecond(0))]);
  const [winner, loser] = [...hub.records.keys()];
  if (winner === undefined || loser === undefined) throw new Error("There are no two records.");
  return { hub, winner, loser };
}

function merge(hub: ModelHub, of: object, values: Record<string, "winner" | "loser">): void {
  const act = { ...(of as { winner: RecordId; loser: RecordId }), values, second: {}, ...ANA };
  const outcome = mergeRecords(hub.world(), act, NONE, hub.newId);
  if (outcome.kind !== "merged") throw new Error(outcome.kind);
  hub.keep(outcome.changes);
}

test("two records become one with the whole address of one of them, and have their own again", () => {
  const { hub, winner, loser } = twins();
  merge(hub, { winner, loser }, { street: "loser" });
  expect(hubText(hub.records.get(winner))).toBe("s2/-/z1");
  settle(hub);
  expect(["a", "b"].map((system) => rowText(hub, system))).toEqual(["s2/-/z1", "s2/-/z1"]);
  const outcome = unmergeRecord(hub.world(), { record: loser, ...ANA }, NONE, hub.newId);
  if (outcome.kind !== "unmerged") throw new Error(outcome.kind);
  hub.keep(outcome.changes);
  settle(hub);
  expect(["a", "b"].map((system) => rowText(hub, system))).toEqual(["s1/c1/z1", "s2/-/z1"]);
});

test("where nothing is said the winner's address stands whole, also beside a line that it lacks", () => {
  const { hub, winner, loser } = twins();
  merge(hub, { winner: loser, loser: winner }, {});
  expect(hubText(hub.records.get(loser))).toBe("s2/-/z1");
});
