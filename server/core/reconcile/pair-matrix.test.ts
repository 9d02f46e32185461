import { describe, expect, test } from "vitest";
import { table } from "../testing/table.ts";
import type { Columns } from "../values/field-value.ts";
import type { ModelHub } from "./testing/model-hub.ts";
import { agree, atSecond, type Rules, settle } from "./testing/three-states.ts";

/**
 * Two people at two systems do one thing each to the same thing, before anybody has looked: a's is
 * told first. Every pair of insert, update and delete has a named outcome under every policy.
 * In: a: word "red", b: word "blue", c does nothing. a's edit is at 100 s, b's at 200 s.
 */
const ACTS: Readonly<Record<string, Columns | null>> = {
  delete: null,
  update: {},
  insert: {},
};

/** Policies that look at the places of the owner list. */
const LISTED = ["ranked", "first-non-empty"];

function meet(policy: string, a: string, b: string): ModelHub {
  const rules: Rules = {
    policy: policy as Rules["policy"],
    tiers: LISTED.includes(policy) ? [{ systems: ["a", "b", "c"] }] : null,
    refused: "revert",
  };
  const isNew = a === "insert" || b === "insert";
  const hub = agree({ rules, base: isNew ? [] : [{ word: "grey", count: "4" }] });
  if (isNew) {
    // The other side can only update or delete a row that it has: made just before.
    for (const [system, act] of [["a", a] as const, ["b", b] as const]) {
      if (act !== "insert") {
        hub.observe([hub.edit(system, "1", { key: "K1", word: "grey", count: "4" }, atSecond(1))]);
      }
    }
  }
  const told = [
    act(hub, "a", a, { word: "red", count: "5" }),
    act(hub, "b", b, { word: "blue", count: "6" }),
  ];
  hub.observe(told);
  settle(hub);
  return hub;
}

function act(hub: ModelHub, system: "a" | "b", name: string, values: Columns) {
  const columns = ACTS[name] === null ? null : { key: "K1", ...values };
  return hub.edit(system, "1", columns, atSecond(system === "a" ? 100 : 200));
}

/** Each record's word and count, or "gone"; the open questions; how many rows a, b and c have. */
function outcome(hub: ModelHub): string {
  const records = [...hub.records.values()].map(({ values, deletedAt }) =>
    deletedAt === null ? `${values["word"]?.v}/${values["count"]?.v}` : "gone",
  );
  const open = [...hub.conflicts.values()].filter(({ state }) => state === "open");
  const asked = open.map(({ kind, field }) => (kind === "delete" ? "delete?" : `${field}?`));
  const rows = ["a", "b", "c"].map((system) => hub.system(system).rows.size).join("");
  return [...records, ...asked.sort(), `rows ${rows}`].join(" ");
}

/**
 * In the column "outcome": `red/5` is a record's word and count, `gone` a deleted one, `word?` an
 * open question, and `rows 101` says that b has no row.
 */
const PAIRS = table<"policy" | "a" | "b" | "outcome">(`
  policy         a       b       outcome
  newest         insert  insert  blue/6 rows 111
  newest         insert  update  blue/6 rows 111
  newest         insert  delete  red/5 delete? rows 100
  newest         update  insert  blue/6 rows 111
  newest         update  update  blue/6 rows 111
  newest         update  delete  red/5 delete? rows 101
  newest         delete  insert  gone blue/6 rows 111
  newest         delete  update  gone delete? rows 011
  newest         delete  delete  gone rows 000
  ranked         insert  insert  red/5 rows 111
  ranked         insert  update  red/5 rows 111
  ranked         insert  delete  red/5 delete? rows 100
  ranked         update  insert  red/5 rows 111
  ranked         update  update  red/5 rows 111
  ranked         update  delete  red/5 delete? rows 101
  ranked         delete  insert  gone blue/6 rows 111
  ranked         delete  update  gone delete? rows 011
  ranked         delete  delete  gone rows 000
  review         insert  insert  red/5 count? word? rows 111
  review         insert  update  grey/4 count? word? rows 111
  review         insert  delete  grey/4 count? delete? word? rows 100
  review         update  insert  red/5 count? word? rows 111
  review         update  update  red/5 count? word? rows 111
  review         update  delete  red/5 delete? rows 101
  review         delete  insert  gone blue/6 rows 111
  review         delete  update  gone delete? rows 011
  review         delete  delete  gone rows 000
  sum-of-deltas  insert  insert  blue/5 count? rows 111
  sum-of-deltas  insert  update  blue/4 count? rows 111
  sum-of-deltas  insert  delete  red/4 count? delete? rows 100
  sum-of-deltas  update  insert  blue/5 count? rows 111
  sum-of-deltas  update  update  blue/7 rows 111
  sum-of-deltas  update  delete  red/5 delete? rows 101
  sum-of-deltas  delete  insert  gone blue/6 rows 111
  sum-of-deltas  delete  update  gone delete? rows 011
  sum-of-deltas  delete  delete  gone rows 000
  min              insert  insert  blue/5 rows 111
  min              insert  update  blue/6 rows 111
  min              insert  delete  red/4 delete? rows 100
  min              update  insert  blue/5 rows 111
  min              update  update  blue/5 rows 111
  min              update  delete  red/5 delete? rows 101
  min              delete  insert  gone blue/6 rows 111
  min              delete  update  gone delete? rows 011
  min              delete  delete  gone rows 000
  max              insert  insert  blue/6 rows 111
  max              insert  update  blue/6 rows 111
  max              insert  delete  red/5 delete? rows 100
  max              update  insert  blue/6 rows 111
  max              update  update  blue/6 rows 111
  max              update  delete  red/5 delete? rows 101
  max              delete  insert  gone blue/6 rows 111
  max              delete  update  gone delete? rows 011
  max              delete  delete  gone rows 000
  longest          insert  insert  blue/6 rows 111
  longest          insert  update  blue/6 rows 111
  longest          insert  delete  grey/5 delete? rows 100
  longest          update  insert  blue/6 rows 111
  longest          update  update  blue/6 rows 111
  longest          update  delete  red/5 delete? rows 101
  longest          delete  insert  gone blue/6 rows 111
  longest          delete  update  gone delete? rows 011
  longest          delete  delete  gone rows 000
  first-non-empty  insert  insert  red/5 rows 111
  first-non-empty  insert  update  red/5 rows 111
  first-non-empty  insert  delete  red/5 delete? rows 100
  first-non-empty  update  insert  red/5 rows 111
  first-non-empty  update  update  red/5 rows 111
  first-non-empty  update  delete  red/5 delete? rows 101
  first-non-empty  delete  insert  gone blue/6 rows 111
  first-non-empty  delete  update  gone delete? rows 011
  first-non-empty  delete  delete  gone rows 000
  set-union        insert  insert  blue/6 rows 111
  set-union        insert  update  blue/6 rows 111
  set-union        insert  delete  red/5 delete? rows 100
  set-union        update  insert  blue/6 rows 111
  set-union        update  update  blue/6 rows 111
  set-union        update  delete  red/5 delete? rows 101
  set-union        delete  insert  gone blue/6 rows 111
  set-union        delete  update  gone delete? rows 011
  set-union        delete  delete  gone rows 000
  text-merge       insert  insert  red/6 word? rows 111
  text-merge       insert  update  grey/6 word? rows 111
  text-merge       insert  delete  grey/5 delete? word? rows 100
  text-merge       update  insert  red/6 word? rows 111
  text-merge       update  update  red/6 word? rows 111
  text-merge       update  delete  red/5 delete? rows 101
  text-merge       delete  insert  gone blue/6 rows 111
  text-merge       delete  update  gone delete? rows 011
  text-merge       delete  delete  gone rows 000
`);

describe("two sides at once", () => {
  test.each(PAIRS)("$policy: $a at a, $b at b => $outcome", (pair) => {
    expect(outcome(meet(pair.policy, pair.a, pair.b))).toBe(pair.outcome);
  });
});
