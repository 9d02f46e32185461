import type { EntityName } from "./journal.ts";
import type { FieldTexts, SystemRows } from "./sandbox-rows.ts";

/** How far the three systems and the hub hold the same. */
export type Agreement = {
  readonly rows: number;
  /** Field values of a key that were compared. */
  readonly values: number;
  /** Values that differ because a question is open or a rule keeps them apart. */
  readonly excused: number;
  readonly differences: readonly string[];
  readonly missing: readonly string[];
  readonly doubled: readonly string[];
};

/** "product P-00001 name" or, of one system, "product P-00001 name crm". */
export type Excuses = ReadonlySet<string>;

/**
 * Every business key has one row in every system, and all that have a field hold the same in it.
 * Pure.
 */
export function compareSystems(all: readonly SystemRows[], excuses: Excuses): Agreement {
  const compared = (["product", "customer"] as const).flatMap((entity) => [
    ...compareEntity(all, entity),
  ]);
  const unequal = compared.filter(({ isEqual }) => !isEqual);
  const wrong = unequal.filter((one) => !isExcused(excuses, one));
  return {
    rows: all.reduce((sum, { rows }) => sum + rows.size, 0),
    values: compared.length,
    excused: unequal.length - wrong.length,
    differences: wrong.map(describe),
    missing: all.flatMap((one) => missingIn(one, all)),
    doubled: all.flatMap(({ system, entity, doubled }) =>
      doubled.map((key) => `${entity} ${key} is there twice in ${system}`),
    ),
  };
}

function keysOf(all: readonly SystemRows[], entity: EntityName): Set<string> {
  return new Set(all.flatMap((one) => (one.entity === entity ? [...one.rows.keys()] : [])));
}

function missingIn({ system, entity, rows }: SystemRows, all: readonly SystemRows[]): string[] {
  const missing = [...keysOf(all, entity)].filter((key) => !rows.has(key));
  return missing.map((key) => `${entity} ${key} is missing in ${system}`);
}

function* compareEntity(all: readonly SystemRows[], entity: EntityName): Generator<Compared> {
  const parts = all.filter((one) => one.entity === entity);
  for (const key of keysOf(all, entity)) yield* compareRow(parts, entity, key);
}

type Compared = {
  readonly place: string;
  readonly held: readonly { readonly system: string; readonly value: string | null }[];
  readonly isEqual: boolean;
};

function* compareRow(
  parts: readonly SystemRows[],
  entity: EntityName,
  key: string,
): Generator<Compared> {
  const rows = parts.flatMap(({ system, rows: of }) => {
    const row = of.get(key);
    return row === undefined ? [] : [{ system, row }];
  });
  const fields = new Set(rows.flatMap(({ row }) => Object.keys(row)));
  for (const field of fields) {
    const held = rows
      .filter(({ row }) => Object.hasOwn(row, field))
      .map(({ system, row }) => ({ system, value: textOf(row, field) }));
    const isEqual = held.every(({ value }) => value === held[0]?.value);
    yield { place: `${entity} ${key} ${field}`, held, isEqual };
  }
}

function textOf(row: FieldTexts, field: string): string | null {
  return row[field]?.normalize("NFC") ?? null;
}

/** A full name is excused where one of its parts is. */
function isExcused(excuses: Excuses, { place, held }: Compared): boolean {
  const places = [place, place.replace(/ full$/, " given"), place.replace(/ full$/, " family")];
  if (places.some((one) => excuses.has(one))) return true;
  // Where one system is kept apart, the others must still agree.
  const others = held.filter(({ system }) => !excuses.has(`${place} ${system}`));
  return others.length < held.length && others.every((one) => one.value === others[0]?.value);
}

function describe({ place, held }: Compared): string {
  const values = held.map(({ system, value }) => `${system} ${JSON.stringify(value)}`);
  return `${place}: ${values.join(", ")}`;
}
