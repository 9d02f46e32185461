import type { BindingId, LinkId, RecordId } from "../../core/ids.ts";
import type { BindingRules } from "../../core/plan/compile-map.ts";
import { observe } from "../../core/reconcile/decide-again.ts";
import { linkRow, unlinkRow } from "../../core/reconcile/link.ts";
import { rowKey, type World } from "../../core/reconcile/world.ts";
import { findRow, linksWithAttempts, type NamedRow, readUpTo } from "../../storage/links.ts";
import { endLetBe } from "../../storage/rows-let-be.ts";
import { claimMatching, countIncarnations } from "../../storage/world.ts";
import { findNamed, referTo } from "../references.ts";
import { inScene, type Scene, worldOf } from "./act-world.ts";
import { commitAndWake } from "./commit-and-wake.ts";
import type { ActContext } from "./context.ts";
import { worldOfRow } from "./held-world.ts";

/** A row of a system, as a person names it. */
export type RowName = { readonly binding: string; readonly externalId: string };

export type LinkOutcome =
  | { readonly kind: "linked"; readonly record: RecordId; readonly link: LinkId }
  /** The row is this record's already. */
  | { readonly kind: "already" }
  /** The record has another row there; unlink that one first. */
  | { readonly kind: "taken"; readonly externalId: string | null }
  /** A write to one of the two is on its way: try again in a moment. */
  | { readonly kind: "busy" }
  | { readonly kind: "unknown"; readonly what: "binding" | "row" | "record" };

/** Makes a row the row of a record, as first contact; it leaves the record that it had. */
export async function link(
  ctx: ActContext,
  act: RowName & { readonly record: string },
): Promise<LinkOutcome> {
  const outcome = await inScene(ctx, (scene) => join(ctx, scene, act), true);
  return outcome ?? { kind: "unknown", what: "binding" };
}

async function join(
  ctx: ActContext,
  scene: Scene,
  act: RowName & { readonly record: string },
): Promise<LinkOutcome> {
  const found = await rowOf(scene, act);
  if (typeof found === "string") return { kind: "unknown", what: found };
  const { rules, row } = found;
  const to = act.record as RecordId;
  const world = await worldAround(scene, act, row.record === null ? [to] : [to, row.record]);
  const places = [...world.links.values()].filter(
    ({ binding, record }) =>
      binding === rules.binding.id && (record === to || record === row.record),
  );
  if (
    await isBusy(
      scene,
      places.map(({ id }) => id),
      act.externalId,
    )
  )
    return { kind: "busy" };
  const observation = await seen(scene, found, act.externalId);
  const linked = linkRow(world, observation, to, { person: scene.person, command: "link" }, () =>
    ctx.ids.next(),
  );
  if (linked.kind === "no-record") return { kind: "unknown", what: "record" };
  if (linked.kind !== "linked") return linked;
  await endLetBe(scene.tx, [act]);
  await commitAndWake(scene, ctx, world, linked.changes, { seenIn: found.row.seenIn });
  return { kind: "linked", record: to, link: linked.link };
}

export type UnlinkOutcome =
  /** `record`: what the row became; null where its binding makes no records. */
  | { readonly kind: "unlinked"; readonly from: RecordId; readonly record: RecordId | null }
  /** The record has no other row: there is nothing to part. */
  | { readonly kind: "only-row" }
  | { readonly kind: "busy" }
  | { readonly kind: "unknown"; readonly what: "binding" | "row" };

/**
 * Parts a row from its record; the row becomes a record of its own, and stays parted. One whose id
 * may have been given to it anew is said to be another row: the one before is gone, and this one is
 * matched like any unknown row.
 */
export async function unlink(ctx: ActContext, act: RowName): Promise<UnlinkOutcome> {
  const outcome = await inScene(ctx, (scene) => part(ctx, scene, act), true);
  return outcome ?? { kind: "unknown", what: "binding" };
}

async function part(ctx: ActContext, scene: Scene, act: RowName): Promise<UnlinkOutcome> {
  const found = await rowOf(scene, act);
  if (typeof found === "string") return { kind: "unknown", what: found };
  const { record, link: id } = found.row;
  if (record === null || id === null) return { kind: "unknown", what: "row" };
  const { columns, doubted } = found.row;
  const world = doubted
    ? await worldOfRow(scene, { ...act, binding: act.binding as BindingId, columns }, true)
    : await worldAround(scene, act, [record]);
  if (await isBusy(scene, [id])) return { kind: "busy" };
  const observation = await seen(scene, found, act.externalId);
  const parted = unlinkRow(world, observation, { person: scene.person, command: "unlink" }, () =>
    ctx.ids.next(),
  );
  if (parted.kind === "no-link") return { kind: "unknown", what: "row" };
  if (parted.kind === "only-row") return parted;
  await endLetBe(scene.tx, [act]);
  await commitAndWake(scene, ctx, world, parted.changes, { seenIn: found.row.seenIn });
  return { kind: "unlinked", from: record, record: parted.record };
}

type Found = { readonly rules: BindingRules; readonly row: NamedRow };

/** The row and its binding; claims the entity's matching, as whoever links a row must. */
async function rowOf(scene: Scene, act: RowName): Promise<Found | "binding" | "row"> {
  const rules = scene.map.bindings.get(act.binding as BindingId);
  if (rules === undefined) return "binding";
  await claimMatching(scene.tx, [rules.binding.entity]);
  const row = await findRow(scene.tx, act.binding, act.externalId);
  return row === null ? "row" : { rules, row };
}

async function worldAround(
  scene: Scene,
  act: RowName,
  records: readonly RecordId[],
): Promise<World> {
  const world = await worldOf(scene, records, true);
  const { binding, externalId } = act;
  const counted = await countIncarnations(scene.tx, [{ binding, externalId }]);
  const before = counted.get(rowKey(binding, externalId)) ?? 0;
  return { ...world, incarnations: new Map([[rowKey(binding, externalId), before]]) };
}

async function isBusy(scene: Scene, links: readonly LinkId[], guessed?: string): Promise<boolean> {
  return (await linksWithAttempts(scene.tx, links, guessed)).size > 0;
}

/** The row as the hub knows it now. */
async function seen(scene: Scene, { rules, row }: Found, externalId: string) {
  const place = row.position ?? (await readUpTo(scene.tx, rules.binding.system)) ?? "";
  const named = await findNamed(scene.tx, rules.mapping.namedRows(row.columns, null));
  const told = { externalId, columns: row.columns, place };
  return observe(rules, told, referTo(named));
}
