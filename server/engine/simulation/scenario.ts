import { MapDocument } from "../../core/map/document.ts";
import { GROUP_POLICIES } from "../../core/map/groups.ts";
import { type Automation, automationsIn } from "./automations.ts";
import type { Dice } from "./dice.ts";
import { FIELDS, type FieldName, SHAPES, type Shape } from "./shapes.ts";
import type { Theme } from "./theme.ts";

/** What a seed begins with: which systems there are, and the map that joins them. */
export type Scenario = {
  readonly shapes: readonly Shape[];
  readonly document: MapDocument;
  /** Systems that are connected later than the others; their rows are read late. */
  readonly late: readonly string[];
  /** Systems that lose what became of a transaction. */
  readonly forgetful: readonly string[];
  /** Systems where each row's write takes effect at once. */
  readonly atOnce: readonly string[];
  /** Systems that tell again what was not acknowledged, and so many commits before it. */
  readonly repeating: ReadonlyMap<string, number>;
  /** What sets values back in some systems. */
  readonly automations: readonly Automation[];
};

/** Systems that cannot tell what became of a call. */
export function unsure({ forgetful, atOnce }: Scenario): string[] {
  return [...new Set([...forgetful, ...atOnce])];
}

const TYPES: Readonly<Record<FieldName, string>> = {
  sku: "text",
  given: "text",
  family: "text",
  price: "decimal",
  state: "enum",
  stock: "integer",
  remark: "text",
};

export function makeScenario(dice: Dice, theme: Theme): Scenario {
  const count = dice.weigh([
    [4, 2],
    [4, 3],
    [2, 4],
  ]);
  const shapes = subset(dice, SHAPES, count ?? 2, theme.withLeads ? "delta" : null);
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
    bindings: shapes.map((shape) => bindingOf(dice, shape, theme)),
  });
  const { habits } = theme;
  const few = (probability: number) => systems.filter(() => dice.chance(probability));
  const late = systems.slice(1).filter(() => dice.chance(habits.late));
  const forgetful = few(habits.forgetful);
  const repeating = few(habits.repeating).map((id) => [id, dice.pick([0, 3, 8])] as const);
  const atOnce = few(habits.atOnce);
  const automated = dice.shuffle(shapes).slice(0, theme.automations);
  return {
    shapes,
    document,
    late,
    forgetful,
    atOnce,
    repeating: new Map(repeating),
    automations: automationsIn(dice, automated),
  };
}

function subset(dice: Dice, list: readonly Shape[], count: number, always: string | null): Shape[] {
  const isAlways = ({ system }: Shape) => system === always;
  const shuffled = dice.shuffle(list);
  const ordered = [...shuffled.filter(isAlways), ...shuffled.filter((one) => !isAlways(one))];
  const chosen = new Set(ordered.slice(0, count));
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
  return dice.pick([...ANY_POLICY, ...(OWN_POLICIES[id] ?? [])]);
}

const ANY_POLICY = ["newest", "newest", "ranked", "review", "first-non-empty"];

const OWN_POLICIES: Readonly<Partial<Record<FieldName, readonly string[]>>> = {
  price: ["min", "max"],
  given: ["longest"],
  remark: ["longest", "text-merge", "text-merge"],
};

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
  if (tiers === null || tiers === undefined) return undefined;
  const owners = order.filter((system) => JSON.stringify(tiers).includes(`"${system}"`));
  const cases = id !== "state" && dice.chance(0.2) ? caseOf(dice, systems, refused) : {};
  return { ...cases, tiers, refused, ...limitsOf(dice, owners) };
}

/** While the thing has one of these states, another system decides. */
function caseOf(dice: Dice, systems: readonly string[], refused: string) {
  const values = ["active", "blocked", "retired"].filter(() => dice.chance(0.5));
  const condition =
    values.length === 0
      ? { of: "state", operator: dice.pick(["blank", "not-blank"]) }
      : { of: "state", operator: dice.pick(["is", "is-not"]), values };
  return { cases: [{ when: [condition], tiers: [{ systems: [dice.pick(systems)] }], refused }] };
}

/** Now and then a field is set once, or only some of its owners may clear it. */
function limitsOf(dice: Dice, systems: readonly string[]) {
  const once = dice.chance(0.15);
  const clears = dice.chance(0.5) ? systems.filter(() => dice.chance(0.25)) : undefined;
  return { ...(once && { once }), ...(clears && { clear: clears }) };
}

function bindingOf(dice: Dice, shape: Shape, { deletes, strangers }: Theme) {
  const { system, object } = shape;
  const isAbout = strangers === 0 || !dice.chance(strangers);
  return {
    id: `${system}-thing`,
    system,
    object,
    entity: "thing",
    createsRecords: isAbout && (system !== "delta" || dice.chance(0.5)),
    createsRows: dice.chance(0.9),
    whenRowGone: dice.chance(deletes) ? "delete" : dice.pick(["unlink", "review"]),
    whenRecordDeleted: dice.chance(deletes) ? "delete" : dice.pick(["leave", "review"]),
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
  const group = entity?.groups?.find(({ fields }) => fields.includes(id));
  if (group !== undefined) {
    const { ownership: _, ...rest } = group;
    entity?.groups?.splice(0, 1, { ...rest, ...(rightsOf(dice, systems) as object) });
    return { kind, document: MapDocument.parse(next) };
  }
  if (kind === "policy") field.policy = { kind: policyOf(dice, id) as "newest" };
  else {
    const owner = ownershipOf(dice, id, systems);
    if (owner === undefined) delete field.ownership;
    else field.ownership = owner as NonNullable<typeof field.ownership>;
  }
  return { kind, document: MapDocument.parse(next) };
}

/** Who decides names, and what happens when two edits meet. Who clears is asked of the whole. */
export function rightsOf(dice: Dice, systems: readonly string[]) {
  const { clear: _, ...ownership } = ownershipOf(dice, "given", systems) ?? {};
  const kind = dice.pick(GROUP_POLICIES);
  return { policy: { kind }, ...("tiers" in ownership && { ownership }) };
}

function changeEdge(dice: Dice, document: MapDocument, shapes: readonly Shape[]): MapDocument {
  const binding = dice.pick(document.bindings);
  const shape = shapes.find(({ system }) => system === binding.system);
  const grouped = document.entities.flatMap(({ groups = [] }) => groups.flatMap((g) => g.fields));
  // What is decided together is told whole, or not at all.
  const isAlone = ({ fields }: { readonly fields: readonly string[] }) =>
    !fields.some((field) => grouped.includes(field));
  const missing = (shape?.edges ?? []).filter(
    (edge) => isAlone(edge) && !binding.edges.some(({ id }) => id === edge.id),
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
  const edges = binding.edges.filter((edge) => edge.id !== "sku" && isAlone(edge));
  if (edges.length > 0) dice.pick(edges).direction = dice.pick(["both", "both", "in", "out"]);
  return document;
}
