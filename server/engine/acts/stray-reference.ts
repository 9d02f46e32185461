import type { RecordId } from "../../core/ids.ts";
import type { Field } from "../../core/map/document.ts";
import { referredEntity } from "../../core/map/references.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import { livingEntity } from "../../storage/references.ts";
import type { Scene } from "./act-world.ts";
import { takenValue } from "./unique-values.ts";

/** Why other records do not let a person enter a value; null where they do. */
export async function refusedByOthers(
  scene: Scene,
  field: Field,
  of: { readonly entity: string; readonly record: RecordId; readonly value: FieldValue },
): Promise<{ readonly code: string; readonly message: string } | null> {
  return (await strayReference(scene, field, of.value)) ?? (await takenValue(scene, field, of));
}

/** Why what a person entered leads to no record of the field's entity; null when it does. */
async function strayReference(
  { tx, map }: Scene,
  field: Field,
  value: FieldValue,
): Promise<{ readonly code: string; readonly message: string } | null> {
  const wanted = referredEntity(field);
  if (wanted === null || typeof value !== "string" || value === "") return null;
  const entity = await livingEntity(tx, value);
  if (entity === wanted) return null;
  const name = map.document.entities.find(({ id }) => id === wanted)?.name ?? wanted;
  const message = `There is no ${name} with the id ${value}. Choose a record that is there.`;
  return { code: "reference", message };
}
