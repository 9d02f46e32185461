import type { Transaction } from "../../db/client.ts";
import { LIMITS } from "../core/limits.ts";
import type { BindingRules } from "../core/plan/compile-map.ts";
import { type NameHolder, namesOf, type RowName } from "../core/reconcile/row-names.ts";
import type { LinkState } from "../core/reconcile/state.ts";
import { type Changes, rowKey, type World } from "../core/reconcile/world.ts";
import { arrayParameter, rowsParameter } from "./rows.ts";

/** A batch may take a name from so many rows and must still find whether another one has it. */
const HOLDERS_MAX = LIMITS.batchObservationsMax + 2;

/** By `rowKey` of space and name: the living links whose rows have these names. */
export async function findNameHolders(
  tx: Transaction,
  names: readonly RowName[],
): Promise<Map<string, NameHolder[]>> {
  const holders = new Map<string, NameHolder[]>();
  if (names.length === 0) return holders;
  const rows = await tx<(RowName & NameHolder)[]>`
    select w.space, w.name, h.link, h.record
    from json_to_recordset(${rowsParameter(tx, names)}) as w(space text, name text)
    cross join lateral (
      select n.link, l.record from row_names n join links l on l.id = n.link
      where n.space = w.space and n.name = w.name and l.state = 'live'
      limit ${HOLDERS_MAX}) h`;
  for (const { space, name, link, record } of rows) {
    const key = rowKey(space, name);
    const known = holders.get(key);
    if (known === undefined) holders.set(key, [{ link, record }]);
    else known.push({ link, record });
  }
  return holders;
}

/**
 * Keeps the names of what was decided: also of links whose names are the same, for the map may not
 * have asked for them before.
 */
export function saveNames(
  tx: Transaction,
  { links }: Changes,
  { map }: Pick<World, "map">,
): Promise<unknown>[] {
  if (map.namings.size === 0) return [];
  const named: (RowName & Pick<LinkState, "id">)[] = [];
  const nameless: { readonly id: string; readonly space: string }[] = [];
  for (const link of links.values()) {
    const rules = map.bindings.get(link.binding);
    if (rules === undefined || rules.namings.length === 0) continue;
    const names = namesOf(rules, link);
    named.push(...names.map((name) => ({ ...name, id: link.id })));
    nameless.push(...spacesBeside(rules, names).map((space) => ({ id: link.id, space })));
  }
  const work: Promise<unknown>[] = [];
  if (nameless.length > 0) {
    work.push(tx`
      delete from row_names n
      using json_to_recordset(${rowsParameter(tx, nameless)}) as g(id uuid, space text)
      where n.link = g.id and n.space = g.space`);
  }
  if (named.length > 0) {
    work.push(tx`
      insert into row_names (link, space, name)
      select id, space, name
      from json_to_recordset(${rowsParameter(tx, named)}) as r(id uuid, space text, name text)
      on conflict (link, space) do update set name = excluded.name
      where row_names.name <> excluded.name`);
  }
  return work;
}

function spacesBeside({ namings }: BindingRules, names: readonly RowName[]): string[] {
  const spaces = namings.map(({ space }) => space);
  return spaces.filter((space) => !names.some((one) => one.space === space));
}

/** Names that the map refers by no more are forgotten: they would not be followed. */
export async function forgetNames(tx: Transaction, keep: readonly string[]): Promise<void> {
  await tx`delete from row_names where space <> all(${arrayParameter(keep)}::text[])`;
}
