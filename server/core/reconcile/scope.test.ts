import { describe, expect, test } from "vitest";
import { type Binding, MapDocument } from "../map/document.ts";
import { type CompiledMap, compileMap } from "../plan/compile-map.ts";
import { ModelHub } from "./testing/model-hub.ts";
import { atSecond, mapOf, type Rules, settle } from "./testing/three-states.ts";

/** Three systems that share things; of c only rows of the region EU, which is c's column alone. */
const RULES: Rules = { policy: "review", tiers: null, refused: "revert" };

function scoped(changes: Partial<Binding> = {}, left: "stop" | "gone" = "stop"): CompiledMap {
  const { document } = mapOf(RULES);
  const scope = {
    conditions: [{ of: "region", operator: "is", values: ["EU"] }],
    whenLeft: left,
  };
  const bindings = document.bindings.map((binding) =>
    binding.system === "c" ? { ...binding, createsRows: false, scope, ...changes } : binding,
  );
  return compileMap(1, MapDocument.parse({ ...document, bindings }), () => null);
}

/** A hub where a, b and c have the thing K1 with the word grey, agreed. */
function agreed(map = scoped()): ModelHub {
  const hub = new ModelHub(map);
  const row = { key: "K1", word: "grey", count: "1" };
  for (const system of ["a", "b"]) hub.observe([hub.edit(system, "1", row, atSecond(0))]);
  hub.observe([hub.edit("c", "1", { ...row, region: "EU" }, atSecond(0))]);
  settle(hub);
  return hub;
}

const words = (hub: ModelHub) =>
  ["a", "b", "c"].map((system) => hub.system(system).rows.get("1")?.["word"] ?? "-").join(" ");

const linkOfC = (hub: ModelHub) =>
  [...hub.links.values()].filter(({ system }) => system === "c").map(({ state }) => state);

function edit(hub: ModelHub, system: string, columns: Record<string, string>, second: number) {
  hub.observe([hub.edit(system, "1", columns, atSecond(second))]);
  settle(hub);
}

describe("a row outside the scope", () => {
  test("is neither matched nor made into a record", () => {
    const hub = agreed();
    const row = { key: "K1", word: "red", region: "US" };
    hub.observe([hub.edit("c", "2", row, atSecond(5))]);
    hub.observe([hub.edit("c", "3", { ...row, key: "K9" }, atSecond(6))]);
    expect(hub.records.size).toBe(1);
    expect([...hub.waiting]).toEqual([]);
  });

  test("that leaves ends its link; nothing is touched on either side, and the line says why", () => {
    const hub = agreed();
    edit(hub, "c", { region: "US", word: "red" }, 10);
    edit(hub, "a", { word: "blue" }, 20);
    expect(words(hub)).toBe("blue blue red");
    expect(linkOfC(hub)).toEqual(["left"]);
    expect(hub.audit.filter(({ rule }) => rule === "scope")).toMatchObject([
      {
        kind: "unlinked",
        actor: "system:c",
        cause: { detail: 'region is "US", and the scope wants: region is EU.' },
      },
    ]);
  });

  test("withdraws what it contended for, and a bad value of its holds nobody up", () => {
    const hub = agreed();
    hub.observe([
      hub.edit("a", "1", { word: "red" }, atSecond(10)),
      hub.edit("c", "1", { word: "blue", count: "7" }, atSecond(10)),
      hub.edit("c", "1", { word: "much too long a word" }, atSecond(11)),
      hub.edit("c", "1", { region: "US" }, atSecond(12)),
    ]);
    settle(hub);
    expect([...hub.conflicts.values()].map(({ state }) => state)).not.toContain("open");
    expect(hub.held.size).toBe(0);
    expect(words(hub).slice(0, 7)).toBe("red red");
  });

  test("that is deleted there tells nobody", () => {
    const hub = agreed();
    edit(hub, "c", { region: "US" }, 10);
    const lines = hub.audit.length;
    hub.observe([hub.edit("c", "1", null, atSecond(20))]);
    settle(hub);
    expect(hub.audit.length).toBe(lines);
    expect(words(hub)).toBe("grey grey -");
  });
});

describe("a row that comes back", () => {
  test("brings what it did outside as an edit against the base that it had", () => {
    const hub = agreed();
    edit(hub, "c", { region: "US" }, 10);
    edit(hub, "c", { word: "red" }, 20);
    expect(words(hub)).toBe("grey grey red");
    edit(hub, "c", { region: "EU" }, 30);
    expect(words(hub)).toBe("red red red");
    expect(linkOfC(hub)).toEqual(["live"]);
    expect(hub.audit.filter(({ rule }) => rule === "scope").map(({ kind }) => kind)).toEqual([
      "unlinked",
      "linked",
    ]);
  });

  test("gets what the hub has become meanwhile", () => {
    const hub = agreed();
    edit(hub, "c", { region: "US" }, 10);
    edit(hub, "a", { word: "blue" }, 20);
    edit(hub, "c", { region: "EU" }, 30);
    expect(words(hub)).toBe("blue blue blue");
  });

  test("with another value than the hub has by now: it is asked, as the policy says", () => {
    const hub = agreed();
    edit(hub, "c", { region: "US", word: "red" }, 10);
    edit(hub, "a", { word: "blue" }, 20);
    edit(hub, "c", { region: "EU" }, 30);
    const open = [...hub.conflicts.values()].filter(({ state }) => state === "open");
    expect(open).toMatchObject([{ field: "word", base: "grey" }]);
    expect(words(hub)).toBe("blue blue red");
  });

  test("as another thing under its id is matched like any unknown row", () => {
    const hub = agreed();
    edit(hub, "c", { region: "US" }, 10);
    edit(hub, "c", { key: "K2", word: "red" }, 20);
    edit(hub, "c", { region: "EU" }, 30);
    expect(hub.records.size).toBe(2);
    expect(linkOfC(hub).sort()).toEqual(["gone", "live"]);
    expect(hub.system("a").rows.get("1")).toMatchObject({ key: "K1", word: "grey" });
  });

  test("under an event that was overtaken changes nothing", () => {
    const hub = agreed();
    const early = hub.edit("c", "1", { region: "EU", word: "red" }, atSecond(10));
    const late = hub.edit("c", "1", { region: "US" }, atSecond(11));
    hub.observe([late]);
    hub.observe([early]);
    settle(hub);
    expect(linkOfC(hub)).toEqual(["left"]);
    expect(words(hub).slice(0, 9)).toBe("grey grey");
  });
});

describe("leaving means gone, where the map says so", () => {
  test("the record goes as the binding says of a row that is gone", () => {
    const hub = agreed(scoped({}, "gone"));
    edit(hub, "c", { region: "US" }, 10);
    expect([...hub.records.values()][0]?.deletedAt).not.toBeNull();
    expect(words(hub)).toBe("- - grey");
    expect(hub.audit.find(({ kind }) => kind === "deleted")).toMatchObject({ rule: "scope" });
  });

  test("a person is asked where the binding asks", () => {
    const hub = agreed(scoped({ whenRowGone: "review" }, "gone"));
    edit(hub, "c", { region: "US" }, 10);
    expect([...hub.conflicts.values()]).toMatchObject([{ kind: "delete", reason: "left-scope" }]);
    expect(words(hub)).toBe("grey grey grey");
  });
});

/** c is about rows whose word is not "retired": the hub itself decides who belongs there. */
function byWord(): CompiledMap {
  return scoped(
    {
      createsRows: true,
      scope: {
        match: "all",
        conditions: [{ of: "word", operator: "is-not", values: ["retired"] }],
        whenLeft: "gone",
      },
    },
    "gone",
  );
}

describe("rows that we write", () => {
  test("what our own write put outside is left there, never taken for gone", () => {
    const hub = agreed(byWord());
    edit(hub, "a", { word: "retired" }, 10);
    expect(words(hub)).toBe("retired retired retired");
    expect(linkOfC(hub)).toEqual(["left"]);
    expect([...hub.records.values()][0]?.deletedAt).toBeNull();
    expect(
      hub.audit.filter(({ kind, system }) => kind === "stored" && system === "c"),
    ).toHaveLength(1);
  });

  test("a record gets a row only while that would lie in the scope", () => {
    const hub = new ModelHub(byWord());
    hub.observe([hub.edit("a", "1", { key: "K1", word: "retired" }, atSecond(0))]);
    settle(hub);
    expect(hub.system("b").rows.size).toBe(1);
    expect(hub.system("c").rows.size).toBe(0);
    edit(hub, "a", { word: "new" }, 10);
    expect(hub.system("c").rows.size).toBe(1);
  });
});
