import type { ConflictId, RecordId } from "../../core/ids.ts";
import { setValue as decideValue } from "../../core/reconcile/answer.ts";
import { questionAbout } from "../../core/reconcile/question-about.ts";
import type { World } from "../../core/reconcile/world.ts";
import { readEnteredValue } from "../../core/validation/entered-value.ts";
import { breachBeside } from "../../core/validation/entity-rules.ts";
import { ruledField } from "../../core/validation/key-limit.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import { inScene, type Scene, worldOf } from "./act-world.ts";
import { commitAndWake } from "./commit-and-wake.ts";
import type { ActContext } from "./context.ts";
import { refusedByOthers } from "./stray-reference.ts";

export type ValueAct = {
  readonly record: string;
  readonly field: string;
  readonly value: FieldValue;
  /** The hub's value that the person saw; missing where the field had none. Left out: any. */
  readonly shown?: { readonly value?: FieldValue | undefined } | undefined;
};

export type SetValueOutcome =
  | { readonly kind: "set"; readonly value: FieldValue }
  /** The hub has this value already. Nothing was done. */
  | { readonly kind: "same" }
  /** The hub's value is another one than was shown. Nothing was done. */
  | { readonly kind: "moved"; readonly value?: FieldValue }
  /** The field is under review: the question is answered, not passed by. Nothing was done. */
  | { readonly kind: "asked"; readonly conflict: ConflictId }
  /** The value does not fit its field's type or rules. Nothing was done. */
  | { readonly kind: "invalid"; readonly code: string; readonly message: string }
  /** There is no such living record, or no such field. */
  | { readonly kind: "unknown"; readonly what: "record" | "field" };

/** A person sets the hub's value of a field; every system that receives it gets it. */
export async function setValue(ctx: ActContext, act: ValueAct): Promise<SetValueOutcome> {
  const outcome = await inScene(ctx, (scene) => set(ctx, scene, act));
  return outcome ?? { kind: "unknown", what: "record" };
}

async function set(ctx: ActContext, scene: Scene, act: ValueAct): Promise<SetValueOutcome> {
  const id = act.record as RecordId;
  const world = await worldOf(scene, [id], true);
  const refusal = refusalOf(world, id, act);
  if (refusal !== null) return refusal;
  const entity = world.map.entities.get(world.records.get(id)?.entity as never);
  const field = entity === undefined ? undefined : ruledField(entity.entity, act.field);
  if (field === undefined) return { kind: "unknown", what: "field" };
  const read = readEnteredValue(field, act.value);
  if (!read.ok) return { kind: "invalid", code: read.code, message: read.message };
  const of = { entity: entity?.entity.id ?? "", record: id, value: read.value };
  const stray = await refusedByOthers(scene, field, of);
  if (stray !== null) return { kind: "invalid", ...stray };
  const record = world.records.get(id);
  const breach = record && breachBeside(entity?.rules ?? [], record, { [act.field]: read.value });
  if (breach != null) return { kind: "invalid", ...breach };
  const hub = record?.values[act.field];
  if (hub !== undefined && entity?.fields.get(act.field)?.equals(hub.v, read.value) === true) {
    return { kind: "same" };
  }
  const changes = decideValue(
    world,
    {
      record: id,
      field: act.field,
      value: read.value,
      person: scene.person,
      command: "set-value",
    },
    () => ctx.ids.next(),
  );
  if (changes === null) return { kind: "unknown", what: "field" };
  await commitAndWake(scene, ctx, world, changes);
  return { kind: "set", value: read.value };
}

function refusalOf(world: World, id: RecordId, act: ValueAct): SetValueOutcome | null {
  const record = world.records.get(id);
  if (record === undefined || record.deletedAt !== null) return { kind: "unknown", what: "record" };
  const entity = world.map.entities.get(record.entity);
  const rules = entity?.fields.get(act.field);
  if (rules === undefined) return { kind: "unknown", what: "field" };
  const question = questionAbout(entity, world.conflicts.get(id) ?? [], act.field);
  if (question !== undefined) return { kind: "asked", conflict: question.id };
  if (act.shown === undefined) return null;
  const hub = record.values[act.field]?.v;
  const { value: shown } = act.shown;
  const isShown =
    hub === undefined || shown === undefined ? hub === shown : rules.equals(hub, shown);
  return isShown ? null : { kind: "moved", ...(hub === undefined ? {} : { value: hub }) };
}
