import type { LinkId, RecordId } from "../../core/ids.ts";
import {
  type DecidedAgain,
  decideAgain,
  type WaitingItem,
} from "../../core/reconcile/decide-again.ts";
import { claimsOf } from "../../core/reconcile/unique.ts";
import type { World } from "../../core/reconcile/world.ts";
import { readUpTo } from "../../storage/links.ts";
import {
  claimMatching,
  findKeyHolders,
  findLinkedRows,
  findMaking,
  findPastRows,
} from "../../storage/world.ts";
import { findNamed, referTo } from "../references.ts";
import { type Scene, worldOf } from "./act-world.ts";
import type { ActContext } from "./context.ts";

export type Reconsidered = {
  readonly world: World;
  readonly decided: DecidedAgain;
};

/**
 * Decides a held item by today's map and values, without writing anything down.
 * @param lock holds what the decision is about until the transaction ends
 */
export async function reconsider(
  ctx: Pick<ActContext, "ids">,
  scene: Scene,
  item: WaitingItem,
  lock: boolean,
): Promise<Reconsidered> {
  const position = await readUpTo(scene.tx, item.system);
  const world =
    item.kind === "row"
      ? await worldOfRow(scene, item, lock)
      : await worldOf(scene, item.record === null ? [] : [item.record], lock);
  // Nobody can tell yet whether it is this row that our own call is making: that comes first.
  const isMaking = [...(world.making?.values() ?? [])].includes(null);
  const decided = isMaking
    ? MAKING
    : decideAgain(world, item, position ?? "", () => ctx.ids.next());
  return { world, decided };
}

const MAKING: DecidedAgain = {
  kind: "fails",
  problem: {
    code: "making",
    message: "A row that may be this one is being made there. Try again in a moment.",
    value: null,
  },
};

/** What the matching of an unknown row may see. */
export async function worldOfRow(
  scene: Scene,
  item: Pick<WaitingItem, "binding" | "externalId" | "columns">,
  lock: boolean,
): Promise<World> {
  const { tx, map } = scene;
  const { binding, externalId, columns } = item;
  const rules = map.bindings.get(binding);
  if (rules === undefined || externalId === null || columns === null) {
    return await worldOf(scene, [], lock);
  }
  const { entity } = rules.binding;
  if (lock) await claimMatching(tx, [entity]);
  const named = await findNamed(tx, rules.mapping.namedRows(columns, null));
  const { fields } = rules.mapping.forward(columns, null, referTo(named));
  const keys = rules.entity.matchKeys.flatMap((key) => {
    const value = key.valueOf((field) => fields[field]);
    return value === null ? [] : [{ entity, key: key.name, value }];
  });
  const claims = claimsOf(rules.entity, (field) => fields[field]);
  const keyHolders = await findKeyHolders(tx, [
    ...keys,
    ...claims.map(({ place: _, ...key }) => key),
  ]);
  const refs = [{ binding, externalId }];
  const { incarnations, left } = await findPastRows(tx, refs);
  // A row that somebody has waits too, where the hub could not keep what it has become.
  const linked = await findLinkedRows(tx, refs);
  const holders: RecordId[] = [...keyHolders.values()].flat();
  holders.push(...linked.values(), ...left);
  const world = await worldOf(scene, holders, lock);
  const making = await findMaking(tx, pendingIn(world, binding));
  const refer = named.size === 0 ? world.refer : referTo(named);
  const known = {
    ...(refer === undefined ? {} : { refer }),
    ...(named.size === 0 ? {} : { named }),
  };
  return { ...world, ...known, keyHolders, incarnations, making };
}

/** Places in a binding whose row is still to be made. */
function pendingIn(world: World, binding: string): LinkId[] {
  return [...world.links.values()]
    .filter((link) => link.state === "pending" && link.binding === binding)
    .map(({ id }) => id);
}
