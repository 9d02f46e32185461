import { describe, expect, test } from "vitest";
import { asId, type LinkId, type QuarantineId, type RecordId } from "../ids.ts";
import { MapDocument } from "../map/document.ts";
import { NOBODY } from "../mapping/refer.ts";
import { compileMap } from "../plan/compile-map.ts";
import { asPosition } from "../position.ts";
import { observe } from "./decide-again.ts";
import { reconcileBatch } from "./reconcile-batch.ts";
import { namesOf } from "./row-names.ts";
import type { LinkState, RecordState } from "./state.ts";
import { rowKey, type World } from "./world.ts";

/** Clients name their nation by its iso, which no field has; Ana's is Germany, by "049". */
const map = (direction: "both" | "in") =>
  compileMap(
    1,
    MapDocument.parse({
      format: 1,
      systems: [{ id: "shop", name: "Shop", code: "SH", line: 1 }],
      entities: [
        {
          ...{ id: "country", name: "Country", title: "name", matchKeys: [["name"]] },
          fields: [{ id: "name", name: "Name", type: "text" }],
        },
        {
          ...{ id: "customer", name: "Customer", title: "country" },
          fields: [
            { id: "country", name: "Country", type: "reference", options: { entity: "country" } },
          ],
        },
      ],
      bindings: [
        {
          ...{ id: "nations", system: "shop", object: "nations", entity: "country" },
          edges: [{ id: "name", columns: ["title"], fields: ["name"] }],
        },
        {
          ...{ id: "clients", system: "shop", object: "clients", entity: "customer" },
          edges: [
            {
              ...{ id: "country", columns: ["nation"], fields: ["country"] },
              direction,
              refersBy: ["iso"],
            },
          ],
        },
      ],
    }),
    () => null,
  );

const AT = "2026-03-01T12:00:00.000Z";
const ANA = asId<LinkId>("ana-row");
const by = "system:shop" as const;

const recordOf = (id: string, entity: string, values: Record<string, string>): RecordState => ({
  ...{ id: asId<RecordId>(id), entity: asId(entity), deletedAt: null },
  values: Object.fromEntries(
    Object.entries(values).map(([field, v]) => [field, { v, by, at: AT }]),
  ),
});

const linkOf = (record: string, binding: string, columns: LinkState["columns"]): LinkState => ({
  ...{ id: asId<LinkId>(`${record}-row`), record: asId<RecordId>(record), binding: asId(binding) },
  ...{ system: asId("shop"), externalId: record, incarnation: 1, state: "live", columns },
  ...{ bases: {}, position: asPosition("1") },
});

type Isos = { readonly germany: string | null; readonly gaul: string | null };

/** The nations as the hub has them by now, and Ana as she was told when Germany was "049". */
function worldWith({ germany, gaul }: Isos, direction: "both" | "in" = "both"): World {
  const compiled = map(direction);
  const records = [
    recordOf("germany", "country", { name: "Germany" }),
    recordOf("gaul", "country", { name: "Gaul" }),
    recordOf("ana", "customer", { country: "germany" }),
  ];
  const links = [
    linkOf("germany", "nations", { title: "Germany", iso: germany }),
    linkOf("gaul", "nations", { title: "Gaul", iso: gaul }),
    { ...linkOf("ana", "clients", { nation: "049" }), bases: { country: { s: "germany" } } },
  ];
  const named = Map.groupBy(
    links.flatMap((link) => {
      const rules = compiled.bindings.get(link.binding);
      return (rules === undefined ? [] : namesOf(rules, link)).map((name) => ({ link, ...name }));
    }),
    ({ space, name }) => rowKey(space, name),
  );
  return {
    ...{ map: compiled, now: AT, incarnations: new Map(), conflicts: new Map(), held: new Map() },
    ...{ attempts: new Map(), keyHolders: new Map(), clocks: new Map() },
    records: new Map(records.map((one) => [one.id, one])),
    links: new Map(links.map((one) => [one.id, one])),
    linksOf: new Map(links.map((one) => [one.record, [one.id]])),
    linkAt: new Map(links.map((one) => [rowKey(one.binding, one.externalId ?? ""), one.id])),
    named: new Map(
      [...named].map(([key, all]) => [
        key,
        all.map(({ link }) => ({ link: link.id, record: link.record })),
      ]),
    ),
    loaded: new Set(compiled.bindings.keys()),
  };
}

const rowTold = (world: World, binding: string, externalId: string, columns: object) => {
  const rules = world.map.bindings.get(asId(binding));
  if (rules === undefined) throw new Error(`There is no binding ${binding}.`);
  const told = { externalId, columns: columns as LinkState["columns"], place: "2" };
  return observe(rules, told, NOBODY);
};
const anaTold = (world: World, nation: string) => rowTold(world, "clients", "ana", { nation });

let ids = 0;
const outcome = (world: World, ...told: ReturnType<typeof rowTold>[]) => {
  const changes = reconcileBatch(world, told, () => `new-${ids++}`);
  const ana = changes.records.get(asId("ana")) ?? world.records.get(asId("ana"));
  return {
    country: ana?.values["country"]?.v,
    held: changes.quarantined.map(({ problem }) => problem.code),
    isDue: changes.due.has(ANA),
  };
};

const AS_BEFORE = { country: "germany", held: [] };

describe("a row that is told as it is known, of a name that leads nowhere by now", () => {
  test("is told the present name of what it means", () => {
    const world = worldWith({ germany: "49", gaul: "033" });
    expect(outcome(world, anaTold(world, "049"))).toEqual({ ...AS_BEFORE, isDue: true });
  });

  test("waits visibly where it may not be written, or where there is no present name", () => {
    const read = worldWith({ germany: "49", gaul: "033" }, "in");
    const waits = { ...AS_BEFORE, held: ["reference-missing"], isDue: false };
    expect(outcome(read, anaTold(read, "049"))).toEqual(waits);
    const nameless = worldWith({ germany: null, gaul: "033" });
    expect(outcome(nameless, anaTold(nameless, "049"))).toEqual(waits);
  });

  test("means what the name leads to, where another row has it now", () => {
    const world = worldWith({ germany: "49", gaul: "049" });
    expect(outcome(world, anaTold(world, "049"))).toEqual({
      ...{ country: "gaul", held: [], isDue: false },
    });
  });

  test("means what it meant, where another row has it beside", () => {
    const world = worldWith({ germany: "049", gaul: "049" });
    expect(outcome(world, anaTold(world, "049"))).toEqual({ ...AS_BEFORE, isDue: false });
  });
});

describe("an edit", () => {
  test("to a name that nobody has waits, and is never written over", () => {
    const world = worldWith({ germany: "49", gaul: "033" });
    const waits = { ...AS_BEFORE, held: ["reference-missing"], isDue: false };
    expect(outcome(world, anaTold(world, "0x"))).toEqual(waits);
    const [ana] = [...world.links.values()].filter(({ id }) => id === ANA);
    const links = new Map(world.links).set(ANA, {
      ...(ana as LinkState),
      columns: { nation: "0x" },
    });
    const value = { id: asId<QuarantineId>("q"), link: ANA, field: "country" };
    const later = { ...world, links, held: new Map([[asId<RecordId>("ana"), [value]]]) };
    expect(outcome(later, anaTold(later, "0x"))).toEqual(waits);
  });

  test("to a name that two rows have waits, for nobody can tell which is meant", () => {
    const world = worldWith({ germany: "033", gaul: "033" });
    expect(outcome(world, anaTold(world, "033"))).toEqual({
      ...{ ...AS_BEFORE, held: ["reference-shared"], isDue: false },
    });
  });
});

describe("a row that is named otherwise within the batch", () => {
  test("is found by its new name, and by its old one no more", () => {
    const world = worldWith({ germany: "049", gaul: "033" });
    const renamed = rowTold(world, "nations", "germany", { title: "Germany", iso: "49" });
    expect(outcome(world, renamed, anaTold(world, "49"))).toEqual({ ...AS_BEFORE, isDue: false });
    const taken = rowTold(world, "nations", "gaul", { title: "Gaul", iso: "049" });
    expect(outcome(world, renamed, taken, anaTold(world, "049"))).toMatchObject({
      country: "gaul",
    });
    expect(outcome(world, renamed, anaTold(world, "0x"))).toMatchObject({
      held: ["reference-missing"],
    });
  });
});
