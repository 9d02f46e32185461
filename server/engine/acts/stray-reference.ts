import type { Field } from "../../core/map/document.ts";
import { referredEntity } from "../../core/map/references.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import { livingEntity } from "../../storage/references.ts";
import type { Scene } from "./act-world.ts";

/** Why what a person entered leads to no record of the field's entity; null when it does. */
export async function strayReference(
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
