import { type FieldMassLimits, MapDocument, type MassLimits } from "../../map/document.ts";
import { compileMap } from "../../plan/compile-map.ts";
import { ModelHub } from "./model-hub.ts";
import { mapOf, type Rules, settle } from "./three-states.ts";

export const RULES: Rules = { policy: "newest", tiers: null, refused: "revert" };
export const NOBODY = { limits: {}, edge: {}, rules: RULES };

export type Guarded = {
  limits?: MassLimits;
  edge?: FieldMassLimits;
  rules?: Rules;
  /** Fields that are decided together. */
  together?: readonly string[];
};

/** So many things that all three systems have. */
export function agreed(count: number, of: Guarded = {}): ModelHub {
  const { limits, edge, rules } = { ...NOBODY, ...of };
  const { document } = mapOf(rules);
  const bindings = document.bindings.map((binding) => ({
    ...binding,
    massChange: limits,
    edges: binding.edges.map((one) => (one.id === "count" ? { ...one, massChange: edge } : one)),
  }));
  const groups = [{ id: "pair", name: "Pair", fields: of.together, policy: { kind: "newest" } }];
  const entities = document.entities.map((entity) =>
    of.together === undefined ? entity : { ...entity, groups },
  );
  const map = compileMap(1, MapDocument.parse({ ...document, entities, bindings }), () => null);
  const hub = new ModelHub(map, true);
  for (let n = 0; n < count; n += 1) {
    const row = { key: `K${n}`, word: "grey", count: "1" };
    hub.observe([hub.edit("a", String(n), row, minute(0))]);
  }
  settle(hub);
  return hub;
}

export const minute = (number: number, second = 0): string =>
  new Date(Date.UTC(2026, 2, 1, 9, number, second)).toISOString().replace("Z", "000Z");

export const rows = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => String(from + at));

export const remove = (hub: ModelHub, ids: readonly string[], at: number) =>
  ids.map((id) => hub.edit("a", id, null, minute(at)));

export const clear = (hub: ModelHub, ids: readonly string[], at: number) =>
  ids.map((id) => hub.edit("a", id, { word: null }, minute(at)));

export const raise = (hub: ModelHub, ids: readonly string[], at: number, count = "2") =>
  ids.map((id) => hub.edit("a", id, { count }, minute(at)));

export const missing = (hub: ModelHub) =>
  [...hub.links.values()].filter(({ state }) => state === "missing");

export const living = (hub: ModelHub) =>
  [...hub.records.values()].filter(({ deletedAt }) => deletedAt === null).length;

export const heldFields = (hub: ModelHub) => [...hub.held.values()].map(({ field }) => field);

export const wordsOf = (hub: ModelHub, system: string) =>
  [...hub.system(system).rows.values()].map(({ word }) => word);
