import type { Transaction } from "../../../db/client.ts";
import type { Change, Row } from "../../connectors/connector.ts";
import { LIMITS } from "../../core/limits.ts";
import { isSame } from "../../core/map/same.ts";
import type { BindingRules, CompiledMap } from "../../core/plan/compile-map.ts";
import type { Position } from "../../core/position.ts";
import { gatherRows, readGathered } from "../../storage/preview.ts";

/** An object that is read whole because what its rows mean has changed. */
export type ReadAgain = {
  readonly system: string;
  readonly object: string;
  readonly bindings: readonly BindingRules[];
  /**
   * The hub knows all that its rows would tell; else they are asked for in their system. Nothing is
   * made of an answer but a decision that nobody keeps.
   */
  readonly isKnown: boolean;
  /** The keys of its records are made anew: the hub cannot tell who has one that is not copied. */
  readonly isRekeyed: boolean;
};

/**
 * Does the hub know all that a whole read of the object would tell under the new map? It keeps the
 * columns that its edges read, and rows outside a scope or of other keys not at all.
 * @param live the live version; null before the first one
 */
export function isKnown(
  live: CompiledMap | null,
  bindings: readonly BindingRules[],
  isRead: boolean,
): boolean {
  return isRead && bindings.every((rules) => isKnownOf(live, rules));
}

function isKnownOf(live: CompiledMap | null, rules: BindingRules): boolean {
  const { binding, mapping, entity } = rules;
  const before = live?.bindings.get(binding.id as never);
  if (before === undefined || before.binding.entity !== binding.entity) return false;
  const { binding: old } = before;
  const known = new Set(before.mapping.readColumns);
  return (
    mapping.readColumns.every((column) => known.has(column)) &&
    old.createsRecords === binding.createsRecords &&
    (old.scope === undefined || isSame(old.scope, binding.scope)) &&
    isSame(before.entity.entity.matchKeys, entity.entity.matchKeys)
  );
}

/** How many rows the object has, as far as the hub knows. */
export function countToRead(tx: Transaction, again: ReadAgain): Promise<number> {
  return gatherRows(tx, placeOf(again), idsOf(again));
}

/** Its rows as the hub knows them, in pages. */
export async function* gathered(tx: Transaction, again: ReadAgain): AsyncGenerator<Row[]> {
  const count = LIMITS.batchObservationsMax;
  for (let from = 0; ; from += count) {
    const rows = await readGathered(tx, placeOf(again), { from, count });
    if (rows.length > 0) yield [...rows];
    if (rows.length < count) return;
  }
}

const idsOf = ({ bindings }: ReadAgain): string[] => bindings.map(({ binding }) => binding.id);

/** A row as a whole read tells it. */
export function changeOf(object: string, position: Position, row: Row): Change {
  const { externalId, columns, at = null } = row;
  const told = { kind: "row", operation: "snapshot", transaction: null } as const;
  return { ...told, object, externalId, columns, position, at };
}

const placeOf = ({ system, object }: ReadAgain): string => `${system}\n${object}`;
