import type { FieldType, FieldValue } from "../core/values/field-value.ts";
import { readLiveVersion } from "../storage/maps.ts";
import type { CliContext } from "./cli-context.ts";
import { CliProblem, EXIT } from "./exit-code.ts";

/** Types whose values have parts: they are written as JSON. */
const IN_PARTS: ReadonlySet<FieldType> = new Set(["money", "quantity", "list", "set"]);

/**
 * A value as a person types it on the command line. The act reads it by the field's type; only
 * values of several parts are taken apart here.
 *
 * 9.99 · '{"amount": "9.99", "currency": "EUR"}' · '["a", "b"]'
 */
export async function enteredValue(
  { hub }: CliContext,
  of: { readonly entity: string; readonly field: string | null },
  text: string,
): Promise<FieldValue> {
  const live = await readLiveVersion(hub.sql);
  const entity = live?.document.entities.find((one) => one.id === of.entity);
  const field = entity?.fields.find((one) => one.id === of.field);
  if (field === undefined || !IN_PARTS.has(field.type)) return text;
  try {
    return JSON.parse(text) as FieldValue;
  } catch {
    const message = `A value of the type ${field.type} is written as JSON, and this is none.`;
    throw new CliProblem(EXIT.usage, message);
  }
}
