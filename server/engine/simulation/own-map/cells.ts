import type { Binding, Edge } from "../../../core/map/document.ts";
import { columnValues, fieldValues } from "../../../core/mapping/edge-values.ts";
import { AS_SPELLED } from "../../../core/mapping/refer.ts";
import type { BindingRules, CompiledMap } from "../../../core/plan/compile-map.ts";
import type { Columns, ColumnValue, FieldValue } from "../../../core/values/field-value.ts";
import type { Dice } from "../dice.ts";

/** What people type into the rows of a binding. */
export class Cells {
  readonly #dice: Dice;
  readonly #map: CompiledMap;

  constructor(dice: Dice, map: CompiledMap) {
    this.#dice = dice;
    this.#map = map;
  }

  /** The columns of a new row; things of one number match one another, whatever their system. */
  newRow(binding: Binding, thing: number): Columns {
    const rules = this.#rules(binding);
    const keys = keyColumns(rules, thing);
    const edges = binding.edges.filter(({ columns }) => columns.every((name) => !(name in keys)));
    const told = edges.filter(() => this.#dice.chance(0.8));
    return { ...Object.assign({}, ...told.map((edge) => this.typed(binding, edge))), ...keys };
  }

  /** An edge's columns set anew: mostly to what the map understands, now and then to anything. */
  typed(binding: Binding, edge: Edge): Columns {
    const rules = this.#rules(binding);
    const drawn = () =>
      Object.fromEntries(
        edge.columns.map((name, at) => [name, this.#value(rules, edge, name, at)]),
      );
    const wantsGood = this.#dice.chance(0.9);
    for (let tries = 0; tries < 40; tries += 1) {
      const columns = drawn();
      if (!wantsGood || isUnderstood(rules, edge, columns)) return columns;
    }
    return {};
  }

  #rules({ id }: Binding): BindingRules {
    const rules = this.#map.bindings.get(id as BindingRules["binding"]["id"] as never);
    if (rules === undefined) throw new Error(`There is no binding ${id}.`);
    return rules;
  }

  #value(rules: BindingRules, { steps, fields }: Edge, name: string, at: number): ColumnValue {
    const rows = steps[0]?.settings["rows"];
    const table = Array.isArray(rows) ? rows.flatMap(fromOf) : [];
    if (table.length > 0 && this.#dice.chance(0.9)) return this.#dice.pick(table);
    const column = rules.schema?.columns.find((one) => one.name === name);
    const field = rules.entity.entity.fields.find(({ id }) => id === (fields[at] ?? fields[0]));
    const isPlain = steps.length === 0 && field !== undefined;
    const values = isPlain ? fieldValues(field.type, field.options) : columnValues(column);
    return this.#dice.pick(values.length === 0 ? [null] : values) as ColumnValue;
  }
}

const fromOf = (row: unknown): string[] => {
  const from = (row as { from?: unknown } | null)?.from;
  return typeof from === "string" ? [from] : [];
};

/** Does the map read it without a problem, and take every value of it? */
function isUnderstood({ mapping, entity }: BindingRules, edge: Edge, columns: Columns): boolean {
  if (edge.direction === "out") return true;
  const { fields, problems } = mapping.forward(columns, null, AS_SPELLED);
  return (
    problems.length === 0 &&
    Object.entries(fields).every(([id, value]) => entity.fields.get(id)?.meetsRules(value) ?? true)
  );
}

const THINGS: Readonly<Record<string, (thing: number) => FieldValue>> = {
  integer: (thing) => String(thing),
  decimal: (thing) => String(thing),
  boolean: (thing) => thing % 2 === 0,
  date: (thing) => `2026-01-0${thing}`,
  instant: (thing) => `2026-01-0${thing}T00:00:00Z`,
};
const TEXTS = [
  (thing: number) => `K-${thing}`,
  (thing: number) => `k${thing}@example.com`,
  (thing: number) => `0000${thing}`,
  (thing: number) => `k${thing}`,
];

/** The columns that say which thing a row is: what the map writes there for its match key. */
function keyColumns(
  { entity, mapping, outFields, inFields }: BindingRules,
  thing: number,
): Columns {
  const [key] = entity.matchKeys;
  const values: Record<string, FieldValue> = {};
  for (const id of key?.fields ?? []) {
    const rules = entity.fields.get(id);
    const made = THINGS[rules?.type ?? "text"]?.(thing);
    const text = TEXTS.map((make) => make(thing)).find((one) => rules?.meetsRules(one) === true);
    values[id] = made ?? text ?? `K-${thing}`;
  }
  const due = new Set(Object.keys(values).filter((id) => outFields.includes(id)));
  const { columns, problems } = mapping.backward({
    ...{ values, due, previous: null },
    refer: AS_SPELLED,
  });
  const isRead = Object.keys(values).every((id) => inFields.includes(id) && due.has(id));
  return problems.length === 0 && isRead ? columns : {};
}
