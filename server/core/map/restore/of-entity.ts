import type { Entity } from "../document.ts";
import type { Edit } from "../edits/edit.ts";
import { applyEdit } from "../edits.ts";
import { edits, itemOf, type Restored, type Wanted } from "./restored.ts";

/** What is said of an entity as a whole. One that was not there goes, with its bindings. */
export function restoreEntity({ kind, place, from, into }: Wanted): Restored {
  const { entity = "" } = place;
  const [was, is] = [itemOf(from.entities, entity), itemOf(into.entities, entity)];
  if (was === null) return edits({ type: "remove-entity", entity });
  if (is === null) return edits({ type: "add-entity", entity: was.item, at: was.at });
  const { name, title, rules = null, matchKeys } = was.item;
  switch (kind) {
    case "title":
      return edits({ type: "change-entity", entity, changes: { title } });
    case "entity-rules":
      return edits({ type: "change-entity", entity, changes: { rules } });
    case "match-keys":
      return edits({ type: "set-match-keys", entity, matchKeys });
    case "field-order":
      return edits(...orderEdits(into, is.item, was.item));
    default:
      return edits({ type: "change-entity", entity, changes: { name } });
  }
}

/** The moves after which the fields that both have stand in the order of `was`. */
function orderEdits(into: Wanted["into"], is: Entity, was: Entity): Edit[] {
  const present = new Set(is.fields.map(({ id }) => id));
  const order = was.fields.map(({ id }) => id).filter((id) => present.has(id));
  const places = is.fields.flatMap(({ id }, at) => (order.includes(id) ? [at] : []));
  const moves: Edit[] = [];
  let map = into;
  for (const [rank, field] of order.entries()) {
    const to = places[rank] ?? 0;
    const fields = itemOf(map.entities, is.id)?.item.fields ?? [];
    if (fields[to]?.id === field) continue;
    const move: Edit = { type: "move-field", entity: is.id, field, to };
    const moved = applyEdit(map, move);
    if (!moved.ok) continue;
    moves.push(move);
    map = moved.document;
  }
  return moves;
}
