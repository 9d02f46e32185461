import type { Edge, Entity, Field, MapDocument } from "./document.ts";

/** The entity whose records a field names; null for one that is no reference to records. */
export function referredEntity({ type, options }: Field): string | null {
  return type === "reference" ? (options?.entity ?? null) : null;
}

/** Do several columns of the edge name one row together, by a key of as many? */
export function namesByKey(
  { columns, fields, steps }: Pick<Edge, "columns" | "fields" | "steps">,
  fieldOf: (id: string) => Field | undefined,
): boolean {
  const [field, ...others] = fields;
  if (field === undefined || others.length > 0 || steps.length > 0 || columns.length < 2) {
    return false;
  }
  const declared = fieldOf(field);
  return declared !== undefined && referredEntity(declared) !== null;
}

/** The fields of an entity that refer to records, by whether those may lead back to it. */
export function referencesOf(
  entity: Entity,
  document: MapDocument,
): ReadonlyMap<string, "one-way" | "in-a-ring"> {
  const references = new Map<string, "one-way" | "in-a-ring">();
  for (const field of entity.fields) {
    const to = referredEntity(field);
    if (to === null) continue;
    references.set(field.id, leadsTo(document, to, entity.id) ? "in-a-ring" : "one-way");
  }
  return references;
}

function leadsTo(document: MapDocument, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    const entity = document.entities.find(({ id }) => id === at);
    open.push(...(entity?.fields ?? []).flatMap((field) => referredEntity(field) ?? []));
  }
  return false;
}

/** Entities to whose records some field refers. */
export function referredEntities(document: MapDocument): ReadonlySet<string> {
  const fields = document.entities.flatMap((entity) => entity.fields);
  return new Set(fields.flatMap((field) => referredEntity(field) ?? []));
}
