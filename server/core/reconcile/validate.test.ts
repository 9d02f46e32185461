import { describe, expect, test } from "vitest";
import { type EntityRule, MapDocument, type ValidationRule } from "../map/document.ts";
import { type CompiledMap, compileMap } from "../plan/compile-map.ts";
import { ModelHub } from "./testing/model-hub.ts";
import { atSecond, settle } from "./testing/three-states.ts";

type Rules = {
  readonly entity?: readonly EntityRule[];
  readonly name?: readonly ValidationRule[];
};

/** Two systems with a thing that is valid from a day to another. */
function mapWith({ entity = [], name = [] }: Rules): CompiledMap {
  const systems = ["a", "b"].map((id, at) => ({
    ...{ id, name: id, code: `${id.toUpperCase()}1`, line: at + 1 },
  }));
  const newest = { policy: { kind: "newest" } };
  const document = MapDocument.parse({
    format: 1,
    systems,
    entities: [
      {
        ...{ id: "thing", name: "Thing", title: "key", matchKeys: [["key"]] },
        ...(entity.length === 0 ? {} : { rules: entity }),
        fields: [
          { id: "key", name: "Key", type: "text" },
          { id: "name", name: "Name", type: "text", validation: name, ...newest },
          { id: "from", name: "Valid from", type: "date", ...newest },
          { id: "to", name: "Valid to", type: "date", ...newest },
        ],
      },
    ],
    bindings: systems.map(({ id: system }) => ({
      ...{ id: `${system}-thing`, system, object: "things", entity: "thing" },
      edges: ["key", "name", "from", "to"].map((id) => ({ id, columns: [id], fields: [id] })),
    })),
  });
  return compileMap(1, document, () => null);
}

const toAfterFrom = (severity?: EntityRule["severity"]): EntityRule => ({
  ...{ kind: "compare", id: "dates", field: "to", operator: "at-least", other: "from" },
  ...(severity === undefined ? {} : { severity }),
});

/** Both systems have K1, valid from 2026-03-01 to 2026-03-31. */
function agreed(rules: Rules): ModelHub {
  const hub = new ModelHub(mapWith(rules));
  const row = { key: "K1", name: "Rope", from: "2026-03-01", to: "2026-03-31" };
  for (const system of ["a", "b"]) hub.observe([hub.edit(system, "1", row, atSecond(0))]);
  settle(hub);
  return hub;
}

function edit(
  hub: ModelHub,
  system: string,
  columns: Record<string, string | null>,
  second: number,
) {
  hub.observe([hub.edit(system, "1", columns, atSecond(second))]);
  settle(hub);
}

const row = (hub: ModelHub, system: string, ...names: string[]) =>
  names.map((name) => hub.system(system).rows.get("1")?.[name]).join(" ");

const held = (hub: ModelHub) => [...hub.held.values()].map(({ field }) => field).sort();

describe("a rule between fields", () => {
  test("holds the field whose value breaks it, and nothing else", () => {
    const hub = agreed({ entity: [toAfterFrom()] });
    edit(hub, "a", { to: "2026-02-01", name: "Cord" }, 10);
    expect(row(hub, "b", "name", "to")).toBe("Cord 2026-03-31");
    expect(held(hub)).toEqual(["to"]);
    expect(hub.records.values().next().value?.values["to"]?.v).toBe("2026-03-31");
  });

  test.each<[string, EntityRule]>([
    [
      "a condition",
      {
        ...{ kind: "condition", id: "end" },
        condition: { of: "to", operator: "not-blank", values: [] },
      },
    ],
    ["an expression", { kind: "expression", id: "end", expression: "has(record.to)" }],
  ])("%s that wants a value holds the news that there is none", (_, rule) => {
    const hub = agreed({ entity: [rule] });
    edit(hub, "a", { to: null, name: "Cord" }, 10);
    expect(row(hub, "b", "name", "to")).toBe("Cord 2026-03-31");
    expect(held(hub)).toEqual(["to"]);
  });

  test("looks at what one event says together", () => {
    const hub = agreed({ entity: [toAfterFrom()] });
    edit(hub, "a", { from: "2026-05-01", to: "2026-05-31" }, 10);
    expect(row(hub, "b", "from", "to")).toBe("2026-05-01 2026-05-31");
    expect(held(hub)).toEqual([]);
  });

  test("lets go what waited as soon as another system's edit makes it good", () => {
    const hub = agreed({ entity: [toAfterFrom()] });
    edit(hub, "a", { to: "2026-02-10" }, 10);
    expect(held(hub)).toEqual(["to"]);
    edit(hub, "b", { from: "2026-02-01" }, 20);
    expect(held(hub)).toEqual([]);
    expect(row(hub, "b", "from", "to")).toBe("2026-02-01 2026-02-10");
  });

  test("is not broken by our own event, however far the hub has moved on", () => {
    const hub = agreed({ entity: [toAfterFrom()] });
    hub.observe([hub.edit("a", "1", { from: "2026-02-01", to: "2026-02-10" }, atSecond(10))]);
    settle(hub);
    edit(hub, "a", { from: "2026-01-01", to: "2026-01-10" }, 20);
    expect(held(hub)).toEqual([]);
    expect(row(hub, "b", "from", "to")).toBe("2026-01-01 2026-01-10");
  });

  test("that only warns takes the value, with a line that says so", () => {
    const hub = agreed({ entity: [toAfterFrom("warn")] });
    edit(hub, "a", { to: "2026-02-01" }, 10);
    expect(row(hub, "b", "to")).toBe("2026-02-01");
    expect(hub.audit.filter(({ kind }) => kind === "warned")).toMatchObject([
      {
        field: "to",
        actor: "system:a",
        after: "2026-02-01",
        cause: {
          detail: '"2026-02-01" breaks the rule: Valid to is at least Valid from ("2026-03-01").',
        },
      },
    ]);
  });

  test("that stops the record takes nothing of the row until it is met", () => {
    const hub = agreed({ entity: [toAfterFrom("record")] });
    edit(hub, "a", { to: "2026-02-01", name: "Cord" }, 10);
    expect(row(hub, "b", "name", "to")).toBe("Rope 2026-03-31");
    expect(held(hub)).toEqual(["name", "to"]);
    edit(hub, "a", { to: "2026-04-30" }, 20);
    expect(row(hub, "b", "name", "to")).toBe("Cord 2026-04-30");
    expect(held(hub)).toEqual([]);
  });

  test("that stops the record keeps a new row from making or joining one", () => {
    const hub = new ModelHub(mapWith({ entity: [toAfterFrom("record")] }));
    const bad = { key: "K1", name: "Rope", from: "2026-03-01", to: "2026-02-01" };
    hub.observe([hub.edit("a", "1", bad, atSecond(0))]);
    expect(hub.records.size).toBe(0);
    expect(hub.waiting.size).toBe(1);
    edit(hub, "a", { to: "2026-03-31" }, 10);
    expect(hub.waiting.size).toBe(0);
    expect(row(hub, "b", "key")).toBe("");
    expect(hub.records.size).toBe(1);
  });
});

describe("the gravity of a field's own rule", () => {
  const short = (severity: ValidationRule["severity"]): ValidationRule => ({
    ...{ kind: "length", max: 6, severity },
  });

  test("warn: the value is taken and told", () => {
    const hub = agreed({ name: [short("warn")] });
    edit(hub, "a", { name: "Very strong rope" }, 10);
    expect(row(hub, "b", "name")).toBe("Very strong rope");
    expect(held(hub)).toEqual([]);
    expect(hub.audit.filter(({ kind }) => kind === "warned")).toHaveLength(1);
  });

  test("record: nothing of the row is taken, and all of it once the value is good", () => {
    const hub = agreed({ name: [short("record")] });
    edit(hub, "a", { name: "Very strong rope", to: "2026-04-30" }, 10);
    expect(row(hub, "b", "name", "to")).toBe("Rope 2026-03-31");
    edit(hub, "a", { from: "2026-02-01" }, 20);
    expect(held(hub)).toEqual(["from", "name", "to"]);
    edit(hub, "a", { name: "Cord" }, 30);
    expect(row(hub, "b", "name", "from", "to")).toBe("Cord 2026-02-01 2026-04-30");
    expect(held(hub)).toEqual([]);
  });

  test("of several broken rules the gravest counts", () => {
    const hub = agreed({ name: [short("warn"), { kind: "length", max: 8 }] });
    edit(hub, "a", { name: "Very strong rope" }, 10);
    expect(row(hub, "b", "name")).toBe("Rope");
    expect(held(hub)).toEqual(["name"]);
  });
});
