import type { Dice } from "./dice.ts";
import type { FieldName, Shape } from "./shapes.ts";
import { editAs, type Tell, type Workplace } from "./workplace.ts";

/**
 * A job in a system that knows one right value of a field, and sets every row back to it whatever
 * anybody else has put there.
 */
export type Automation = {
  readonly system: string;
  readonly field: FieldName;
  readonly value: string;
};

/** What an automation may hold to be right; each shape stores these as they are. */
const RIGHT: readonly (readonly [FieldName, readonly string[]])[] = [
  ["price", ["5", "7.5"]],
  ["state", ["active", "retired"]],
  ["given", ["Max", "Mia"]],
];

/**
 * A job in each of these systems, for one field that all of them have: each holds another value to
 * be right.
 */
export function automationsIn(dice: Dice, shapes: readonly Shape[]): Automation[] {
  const has = (shape: Shape, field: FieldName) =>
    shape.edges.some(({ fields }) => fields.includes(field));
  const possible = RIGHT.filter(([field]) => shapes.every((shape) => has(shape, field)));
  if (possible.length === 0 || shapes.length === 0) return [];
  const [field, values] = dice.pick(possible);
  const right = dice.shuffle(values);
  return shapes.map(({ system }, at) => ({ system, field, value: right[at] ?? "" }));
}

/** Sets back every row that has another value. */
export function setBack(automation: Automation, places: readonly Workplace[], tell: Tell): void {
  const { system, field, value } = automation;
  for (const { place, id, now } of wrongRows(automation, places)) {
    const { object, read, write } = place.shape;
    // Names that share a column are written together.
    const together = field === "given" ? { family: now.family ?? null } : {};
    const columns = write({ ...together, [field]: value });
    const what = `sets ${field} of row ${id} back to ${value}`;
    editAs(`A job at ${system}`, { place, tell, what }, (edits) => {
      const present = place.system.row(object, id);
      if (present === null || read(present)[field] === value) return;
      edits.edit(object, id, ownColumns(place, columns));
    });
  }
}

type WrongRow = {
  readonly place: Workplace;
  readonly id: string;
  readonly now: ReturnType<Shape["read"]>;
};

/** The rows that have not what the automation holds to be right. */
export function wrongRows(
  { system, field, value }: Automation,
  places: readonly Workplace[],
): WrongRow[] {
  const place = places.find(({ shape }) => shape.system === system);
  if (place === undefined) return [];
  const rows = [...place.system.rows(place.shape.object)].map(([id, row]) => {
    return { place, id, now: place.shape.read(row) };
  });
  return rows.filter(({ now }) => now[field] !== value);
}

function ownColumns({ shape }: Workplace, columns: Readonly<Record<string, unknown>>) {
  const known = new Set(shape.schema.columns.map(({ name }) => name));
  const own = Object.entries(columns).filter(([name]) => known.has(name));
  return Object.fromEntries(own) as Record<string, string | null>;
}
