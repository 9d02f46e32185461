import type { Entity, MapDocument } from "./document.ts";
import { isSame } from "./same.ts";

/** Entities whose records are found by other keys under the new map than under the old one. */
export function entitiesToRekey(before: MapDocument, after: MapDocument): Entity[] {
  return after.entities.filter((entity) => {
    const old = before.entities.find(({ id }) => id === entity.id);
    return old !== undefined && !isSame(keyRules(old), keyRules(entity));
  });
}

/** All that says under which texts a record is found. */
function keyRules({ matchKeys, fields }: Entity) {
  const unique = fields
    .filter(({ validation }) => validation.some(({ kind }) => kind === "unique"))
    .map(({ id, type, options }) => ({ id, type, options }));
  const matching = matchKeys.map((key) =>
    key.map((id) => {
      const field = fields.find((one) => one.id === id);
      const { trim, ignoreCase, key: options } = field?.options ?? {};
      return { id, type: field?.type, trim, ignoreCase, options };
    }),
  );
  return { matching, unique };
}
