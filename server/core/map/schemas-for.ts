import type { Binding } from "./document.ts";
import type { ObjectSchema } from "./object-schema.ts";

/** What was discovered of the systems. */
export type Schemas = Readonly<Record<string, readonly ObjectSchema[]>>;

/** What of it compiling a binding needs: its object's own schema, and the others. */
export function schemasFor(
  schemas: Schemas,
  { system, object }: Pick<Binding, "system" | "object">,
) {
  const find = (name: string) => schemas[system]?.find((one) => one.name === name) ?? null;
  return { schema: find(object), schemaOf: find };
}
