import type { EntityId, RecordId } from "../../core/ids.ts";
import { correctValue as decide } from "../../core/reconcile/decide-again.ts";
import { questionAbout } from "../../core/reconcile/question-about.ts";
import { readEnteredValue } from "../../core/validation/entered-value.ts";
import { breachBeside } from "../../core/validation/entity-rules.ts";
import { ruledField } from "../../core/validation/key-limit.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import { findItems } from "../../storage/quarantine.ts";
import { inScene, type Scene, worldOf } from "./act-world.ts";
import { commitAndWake } from "./commit-and-wake.ts";
import type { ActContext } from "./context.ts";
import { endItem, findHeld, type NotHeld } from "./held-item.ts";
import { type SetValueOutcome, setValue } from "./set-value.ts";
import { refusedByOthers } from "./stray-reference.ts";

export type CorrectOutcome =
  | SetValueOutcome
  /** A row that waits as a whole has no one value: correct it in its system, or link it. */
  | { readonly kind: "whole-row" }
  /** Its row, record or field is there no more: replay it to let it go. */
  | { readonly kind: "no-place" }
  | NotHeld;

/**
 * A person says what a refused value should have been. The hub takes it; the system that had the
 * refused one gets it too, and so does every other that receives the field.
 */
export async function correctHeld(
  ctx: ActContext,
  act: { readonly item: string; readonly value: FieldValue },
): Promise<CorrectOutcome> {
  const [item] = await findItems(ctx.hub.sql, [act.item]);
  if (item === undefined) return { kind: "unknown" };
  if (item.state !== "held") return { kind: "settled", state: item.state };
  const { record, field } = item;
  if (item.kind === "row" || record === null || field === null) return { kind: "whole-row" };
  // What a target refused is the hub's own value: another one wakes the delivery by itself.
  if (item.kind === "delivery") return await setValue(ctx, { record, field, value: act.value });
  const outcome = await inScene(ctx, (scene) => correct(ctx, scene, { ...act, record, field }));
  return outcome ?? { kind: "unknown" };
}

type Correcting = {
  readonly item: string;
  readonly record: RecordId;
  readonly field: string;
  readonly value: FieldValue;
};

async function correct(ctx: ActContext, scene: Scene, act: Correcting): Promise<CorrectOutcome> {
  const world = await worldOf(scene, [act.record], true);
  const item = await findHeld(scene, act.item);
  if (item.kind === "settled" || item.kind === "unknown") return item;
  const record = world.records.get(act.record);
  const ruled = scene.map.entities.get(item.entity as EntityId);
  const question = questionAbout(ruled, world.conflicts.get(act.record) ?? [], act.field);
  if (question !== undefined) return { kind: "asked", conflict: question.id };
  const field = ruled === undefined ? undefined : ruledField(ruled.entity, act.field);
  if (field === undefined) return { kind: "no-place" };
  const read = readEnteredValue(field, act.value);
  if (!read.ok) return { kind: "invalid", code: read.code, message: read.message };
  const { value } = read;
  const of = { entity: item.entity, record: act.record, value };
  const stray = await refusedByOthers(scene, field, of);
  if (stray !== null) return { kind: "invalid", ...stray };
  const breach = record && breachBeside(ruled?.rules ?? [], record, { [act.field]: value });
  if (breach != null) return { kind: "invalid", ...breach };
  const correction = { value, person: scene.person, command: "correct" };
  const changes = decide(world, item, correction, () => ctx.ids.next());
  if (changes === null) return { kind: "no-place" };
  await commitAndWake(scene, ctx, world, changes);
  await endItem(ctx, scene, item, { state: "released", note: null });
  return { kind: "set", value };
}
