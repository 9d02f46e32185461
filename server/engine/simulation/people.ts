import type { Edits } from "../../connectors/memory/system.ts";
import type { Columns } from "../../core/values/field-value.ts";
import type { Dice } from "./dice.ts";
import type { FieldName, Plain, Shape } from "./shapes.ts";
import { editAs, type Tell, type Workplace } from "./workplace.ts";

const SKUS = ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"];
const WORDS = [
  ...["new", "old", "blue", "azure", "orange", "ultramarine", "chartreuse green"],
  // Short enough for every system, so that each sentence can be edited apart.
  ...["A. B. C.", "A! B. C.", "A. B. D.", "A. C.", "A. B. C. E."],
];

/** A value that somebody would type into a field, now and then a bad one. */
function typedValue(dice: Dice, field: FieldName, before: string | null): string | null {
  const blank = dice.chance(0.08);
  switch (field) {
    case "sku":
      return dice.pick(SKUS);
    case "given":
      return blank ? null : dice.pick(["Ada", "Bob", "Cyd", "Dee"]);
    case "family":
      return blank ? null : dice.pick(["Lov", "Kay", "Zed"]);
    case "price":
      if (dice.chance(0.04)) return "-3";
      return blank ? null : dice.pick(["1", "2.5", "3", "19.99", "40"]);
    case "state":
      if (dice.chance(0.04)) return "bogus";
      return blank ? null : dice.pick(["active", "blocked", "retired"]);
    case "stock":
      return blank ? null : String(Number(before ?? "0") + dice.random.integer(-3, 5));
    case "remark":
      if (dice.chance(0.04)) return "a remark much too long for anybody";
      if (blank) return dice.pick([null, ""]);
      return dice.pick(WORDS);
  }
}

function fieldsOf(shape: Shape): FieldName[] {
  return [...new Set(shape.edges.flatMap(({ fields }) => fields))];
}

/** A row's fields with some set anew. Fields that share a column are written together. */
function change(dice: Dice, { shape, system }: Workplace, id: string, names: FieldName[]): Columns {
  const now = shape.read(system.row(shape.object, id) ?? {});
  const set: Plain = {};
  for (const name of names) set[name] = typedValue(dice, name, now[name] ?? null);
  if (names.includes("given") && set.family === undefined) set.family = now.family ?? null;
  if (names.includes("family") && set.given === undefined) set.given = now.given ?? null;
  const written = shape.write(set);
  const known = new Set(shape.schema.columns.map(({ name }) => name));
  return Object.fromEntries(Object.entries(written).filter(([name]) => known.has(name)));
}

function newRow(dice: Dice, { shape }: Workplace, sku: string | null): Columns {
  const plain: Plain = { sku };
  for (const field of fieldsOf(shape)) {
    if (field !== "sku" && dice.chance(0.8)) plain[field] = typedValue(dice, field, null);
  }
  const known = new Set(shape.schema.columns.map(({ name }) => name));
  return Object.fromEntries(Object.entries(shape.write(plain)).filter(([name]) => known.has(name)));
}

/** Somebody makes a row; a system where the code may be missing has some without. */
export function insertRow(dice: Dice, place: Workplace, tell: Tell): void {
  const isFree = place.shape.system === "delta";
  insertAs(dice, place, isFree && dice.chance(0.1) ? null : dice.pick(SKUS), tell);
}

function insertAs(dice: Dice, place: Workplace, sku: string | null, tell: Tell): void {
  edit(place, tell, `adds ${sku ?? "a thing without a code"}`, (edits) => {
    edits.insert(place.shape.object, newRow(dice, place, sku));
  });
}

/** How often each act is drawn. */
export type ActWeights = {
  readonly edit: number;
  readonly editOnTwoSides: number;
  readonly insert: number;
  readonly insertOnAllSides: number;
  readonly remove: number;
  readonly removeAgainstEdit: number;
  readonly replace: number;
  readonly changeKey: number;
  readonly swapKeys: number;
  readonly editTwice: number;
  readonly empty: number;
  /** Something is sold or comes in. */
  readonly count: number;
};

/**
 * One thing that people do in the systems.
 * @returns which, null when nobody did anything
 */
export function work(
  dice: Dice,
  places: readonly Workplace[],
  weights: ActWeights,
  tell: Tell,
): keyof ActWeights | null {
  const place = dice.pick(places);
  const ids = [...place.system.rows(place.shape.object).keys()];
  if (ids.length === 0) {
    insertRow(dice, place, tell);
    return "insert";
  }
  const id = dice.pick(ids);
  const acts: Record<keyof ActWeights, () => void> = {
    edit: () => editFields(dice, place, id, tell),
    editOnTwoSides: () => editOnTwoSides(dice, places, tell),
    insert: () => insertRow(dice, place, tell),
    remove: () => removeRow(place, id, tell),
    replace: () => replaceRow(dice, place, id, tell),
    changeKey: () => changeKey(dice, place, id, tell),
    swapKeys: () => swapKeys(dice, place, ids, tell),
    editTwice: () => editTwice(dice, place, id, tell),
    insertOnAllSides: () => insertOnAllSides(dice, places, tell),
    empty: () => emptyTable(place, tell),
    removeAgainstEdit: () => removeAgainstEdit(dice, places, tell),
    count: () => editRow(dice, place, { id, fields: ["stock"] }, tell),
  };
  const names = Object.keys(acts) as (keyof ActWeights)[];
  const name = dice.weigh(names.map((one) => [weights[one], one] as const));
  if (name !== null) acts[name]();
  return name;
}

function editFields(dice: Dice, place: Workplace, id: string, tell: Tell): void {
  const names = fieldsOf(place.shape).filter((name) => name !== "sku" || dice.chance(0.1));
  const count = dice.chance(0.6) ? 1 : dice.random.integer(2, 3);
  const columns = change(dice, place, id, dice.shuffle(names).slice(0, count));
  setColumns(place, id, columns, tell);
}

/** Somebody edits these fields of a row, if it is still there. */
export function editRow(
  dice: Dice,
  place: Workplace,
  row: { readonly id: string; readonly fields: readonly string[] },
  tell: Tell,
): void {
  const names = fieldsOf(place.shape).filter((name) => row.fields.includes(name));
  if (names.length === 0 || place.system.row(place.shape.object, row.id) === null) return;
  setColumns(place, row.id, change(dice, place, row.id, names), tell);
}

function setColumns(place: Workplace, id: string, columns: Columns, tell: Tell): void {
  edit(place, tell, `sets row ${id} to ${JSON.stringify(columns)}`, (edits) => {
    if (place.system.row(place.shape.object, id) === null) return;
    edits.edit(place.shape.object, id, columns);
  });
}

/** Two rows of one thing, in two systems. */
type Twins = {
  readonly one: Workplace;
  readonly id: string;
  readonly other: Workplace;
  readonly twin: string;
};

function twins(dice: Dice, places: readonly Workplace[]): Twins | null {
  const [one, other] = dice.shuffle(places);
  if (one === undefined || other === undefined) return null;
  const skus = new Map(
    [...other.system.rows(other.shape.object)].map(([id, row]) => [other.shape.read(row).sku, id]),
  );
  const both = [...one.system.rows(one.shape.object)].flatMap(([id, row]) => {
    const twin = skus.get(one.shape.read(row).sku);
    return twin === undefined ? [] : [{ one, id, other, twin }];
  });
  return both.length === 0 ? null : dice.pick(both);
}

/** The same field of the same thing, in two systems at once. */
function editOnTwoSides(dice: Dice, places: readonly Workplace[], tell: Tell): void {
  const pair = twins(dice, places);
  if (pair === null) return;
  const { one, id, other, twin } = pair;
  const shared = fieldsOf(one.shape).filter(
    (name) => name !== "sku" && fieldsOf(other.shape).includes(name),
  );
  if (shared.length === 0) return;
  const name = dice.pick(shared);
  setColumns(one, id, change(dice, one, id, [name]), tell);
  setColumns(other, twin, change(dice, other, twin, [name]), tell);
}

/** One side deletes what the other side edits, before either can have seen it. */
function removeAgainstEdit(dice: Dice, places: readonly Workplace[], tell: Tell): void {
  const pair = twins(dice, places);
  if (pair === null) return;
  const { one, id, other, twin } = pair;
  const names = fieldsOf(other.shape).filter((name) => name !== "sku");
  const edits = () => setColumns(other, twin, change(dice, other, twin, [dice.pick(names)]), tell);
  const removes = () => removeRow(one, id, tell);
  for (const act of dice.shuffle([edits, removes])) act();
}

/** The same thing is made in several systems at once, everywhere a little differently. */
function insertOnAllSides(dice: Dice, places: readonly Workplace[], tell: Tell): void {
  const sku = dice.pick(SKUS);
  const some = dice.shuffle(places).slice(0, dice.random.integer(2, places.length));
  for (const place of some) insertAs(dice, place, sku, tell);
}

/** An edit and its taking back, or a second edit, before anybody can have looked. */
function editTwice(dice: Dice, place: Workplace, id: string, tell: Tell): void {
  const before = place.system.row(place.shape.object, id) ?? {};
  const name = dice.pick(fieldsOf(place.shape).filter((field) => field !== "sku"));
  const columns = change(dice, place, id, [name]);
  setColumns(place, id, columns, tell);
  const back = Object.fromEntries(Object.keys(columns).map((key) => [key, before[key] ?? null]));
  setColumns(place, id, dice.chance(0.6) ? back : change(dice, place, id, [name]), tell);
}

function removeRow(place: Workplace, id: string, tell: Tell): void {
  edit(place, tell, `deletes row ${id}`, (edits) => {
    if (place.system.row(place.shape.object, id) === null) return;
    edits.remove(place.shape.object, id);
  });
}

/** Somebody takes the wrong table for another one. */
function emptyTable(place: Workplace, tell: Tell): void {
  edit(place, tell, "deletes all rows at once", (edits) => edits.truncate(place.shape.object));
}

/** A row is deleted, and one with the same key is made: in one transaction or in two. */
function replaceRow(dice: Dice, place: Workplace, id: string, tell: Tell): void {
  const { shape, system } = place;
  const keyColumn = shape.schema.key[0] ?? "";
  const sku = dice.chance(0.5)
    ? (shape.read(system.row(shape.object, id) ?? {}).sku ?? null)
    : null;
  const row = { ...newRow(dice, place, sku ?? dice.pick(SKUS)), [keyColumn]: id };
  const isOne = dice.chance(0.4);
  if (!isOne) removeRow(place, id, tell);
  edit(
    place,
    tell,
    `${isOne ? "replaces" : "makes"} row ${id}: ${JSON.stringify(row)}`,
    (edits) => {
      if (isOne && system.row(shape.object, id) !== null) edits.remove(shape.object, id);
      edits.insert(shape.object, row);
    },
  );
}

function changeKey(dice: Dice, place: Workplace, id: string, tell: Tell): void {
  const { shape, system } = place;
  const keyColumn = shape.schema.key[0] ?? "";
  const next = keyColumn === "code" ? dice.pick(SKUS) : String(dice.random.integer(50, 99));
  edit(place, tell, `changes the key of row ${id} to ${next}`, (edits) => {
    if (system.row(shape.object, id) === null) return;
    edits.edit(shape.object, id, { [keyColumn]: next });
  });
}

/** Two rows exchange their keys in one transaction. */
function swapKeys(dice: Dice, place: Workplace, ids: readonly string[], tell: Tell): void {
  const { shape, system } = place;
  const [one, other] = dice.shuffle(ids);
  const keyColumn = shape.schema.key[0] ?? "";
  if (one === undefined || other === undefined) return;
  edit(place, tell, `swaps the keys of rows ${one} and ${other}`, (edits) => {
    if (system.row(shape.object, one) === null || system.row(shape.object, other) === null) return;
    const between = keyColumn === "code" ? "between" : "999";
    edits.edit(shape.object, one, { [keyColumn]: between });
    edits.edit(shape.object, other, { [keyColumn]: one });
    edits.edit(shape.object, between, { [keyColumn]: other });
  });
}

function edit(place: Workplace, tell: Tell, what: string, act: (edits: Edits) => void): void {
  editAs(`A person at ${place.shape.system}`, { place, tell, what }, act);
}
