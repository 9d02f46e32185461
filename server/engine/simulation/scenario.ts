import { MapDocument } from "../../core/map/document.ts";
import type { Dice } from "./dice.ts";
import { FIELDS, type FieldName, SHAPES, type Shape } from "./shapes.ts";

/** What a seed begins with: which systems there are, and the map that joins them. */
export type Scenario = {
  readonly shapes: readonly Shape[];
  readonly document: MapDocument;
  /** Systems that are connected later than the others; their rows are read late. */
  readonly late: readonly string[];
  /** Systems that lose what became of a transaction. */
  readonly forgetful: readonly string[];
  /** Systems that tell everything again that was not acknowledged. */
  readonly repeating: readonly string[];
};

const TYPES: Readonly<Record<FieldName, string>> = {
  sku: "text",
  given: "text",
  family: "text",
  price: "decimal",
  state: "enum",
  stock: "integer",
  remark: "text",
};

/** How likely a system loses what became of a transaction; in every fifth run most of them do. */
export const forgetfulness = (seed: number): number => (seed % 5 === 0 ? 0.6 : 0.05);

export function makeScenario(dice: Dice, forgetful: number): Scenario {
  const count = dice.weigh([
    [4, 2],
    [4, 3],
    [2, 4],
  ]);
  const shapes = subset(dice, SHAPES, count ?? 2);
  const systems = shapes.map(({ system }) => system);
  const document = MapDocument.parse({
    format: 1,
    systems: systems.map((id, line) => ({
      id,
      name: id,
      code: id.slice(0, 2).toUpperCase(),
      line: line + 1,
    })),
    entities: [
      {
        id: "thing",
        name: "Thing",
        title: "sku",
        matchKeys: [["sku"]],
        fields: FIELDS.map((field) => fieldOf(dice, field, systems)),
      },
    ],
    bindings: shapes.map((shape) => bindingOf(dice, shape)),
  });
  const few = (probability: number) => systems.filter(() => dice.chance(probability));
  return {
    shapes,
    document,
    late: systems.slice(1).filter(() => dice.chance(0.2)),
    forgetful: few(forgetful),
    repeating: few(0.25),
  };
}

function subset<T>(dice: Dice, list: readonly T[], count: number): T[] {
  const chosen = new Set(dice.shuffle(list).slice(0, count));
  return list.filter((item) => chosen.has(item));
}

function fieldOf(dice: Dice, id: FieldName, systems: readonly string[]) {
  const ownership = ownershipOf(dice, id, systems);
  return {
    id,
    name: id,
    type: TYPES[id],
    ...(id === "state" ? { options: { values: ["active", "blocked", "retired"] } } : {}),
    ...(ownership === undefined ? {} : { ownership }),
    policy: { kind: policyOf(dice, id) },
    validation: validationOf(id),
  };
}

export function policyOf(dice: Dice, id: FieldName): string {
  if (id === "stock") return dice.chance(0.7) ? "sum-of-deltas" : "newest";
  return dice.pick(["newest", "ranked", "review", "newest"]);
}

function validationOf(id: FieldName): object[] {
  if (id === "sku") return [{ kind: "required" }];
  if (id === "price") return [{ kind: "range", min: "0" }];
  return id === "remark" ? [{ kind: "length", max: 16 }] : [];
}

/** Nobody owns it, one does, several of one rank, a ranked list, or one fills what is blank. */
export function ownershipOf(dice: Dice, id: FieldName, systems: readonly string[]) {
  // A counter that is added up belongs to everybody.
  if (id === "stock") return undefined;
  const order = dice.shuffle(systems);
  const [first = "", ...others] = order;
  const refused = dice.pick(["revert", "revert", "keep-apart", "review"]);
  const tiers = dice.weigh<object[] | undefined>([
    [6, undefined],
    [1, [{ systems: [first] }]],
    [1, [{ systems: order }]],
    [1, order.map((system) => ({ systems: [system] }))],
    [1, [{ systems: [first] }, { systems: others, when: "blank" }]],
  ]);
  return tiers === null || tiers === undefined ? undefined : { tiers, refused };
}

function bindingOf(dice: Dice, shape: Shape) {
  const { system, object } = shape;
  return {
    id: `${system}-thing`,
    system,
    object,
    entity: "thing",
    createsRecords: system !== "delta" || dice.chance(0.5),
    createsRows: dice.chance(0.9),
    whenRowGone: dice.pick(["delete", "delete", "unlink", "review"]),
    whenRecordDeleted: dice.pick(["delete", "delete", "leave", "review"]),
    edges: shape.edges.flatMap((edge) => {
      const isKey = edge.id === "sku";
      if (!isKey && dice.chance(0.1)) return [];
      const direction = isKey ? "both" : dice.pick(["both", "both", "both", "both", "in", "out"]);
      return [{ ...edge, direction }];
    }),
  };
}

/** Another edge, owner, policy or end than before: what somebody publishes in the middle. */
export function changeMap(dice: Dice, document: MapDocument, shapes: readonly Shape[]) {
  const next: MapDocument = structuredClone(document);
  const entity = next.entities[0];
  const systems = shapes.map(({ system }) => system);
  const kind = dice.pick(["edge", "edge", "owner", "policy", "ends"] as const);
  if (kind === "edge") return { kind, document: changeEdge(dice, next, shapes) };
  if (kind === "ends") {
    const binding = dice.pick(next.bindings);
    binding.whenRowGone = dice.pick(["delete", "unlink", "review"]);
    binding.whenRecordDeleted = dice.pick(["delete", "leave", "review"]);
    return { kind, document: next };
  }
  const field = dice.pick(entity?.fields ?? []);
  const id = field.id as FieldName;
  if (kind === "policy") field.policy = { kind: policyOf(dice, id) as "newest" };
  else {
    const owner = ownershipOf(dice, id, systems);
    if (owner === undefined) delete field.ownership;
    else field.ownership = owner as NonNullable<typeof field.ownership>;
  }
  return { kind, document: MapDocument.parse(next) };
}

function changeEdge(dice: Dice, document: MapDocument, shapes: readonly Shape[]): MapDocument {
  const binding = dice.pick(document.bindings);
  const shape = shapes.find(({ system }) => system === binding.system);
  const missing = (shape?.edges ?? []).filter(
    (edge) => !binding.edges.some(({ id }) => id === edge.id),
  );
  if (missing.length > 0 && dice.chance(0.7)) {
    const edge = dice.pick(missing);
    return MapDocument.parse({
      ...document,
      bindings: document.bindings.map((one) =>
        one.id === binding.id ? { ...one, edges: [...one.edges, edge] } : one,
      ),
    });
  }
  const edges = binding.edges.filter(({ id }) => id !== "sku");
  if (edges.length > 0) dice.pick(edges).direction = dice.pick(["both", "both", "in", "out"]);
  return document;
}
