import { dimensionEdit } from "../edits/splits.ts";
import { edits, itemOf, type Restored, type Wanted } from "./restored.ts";

/** A system as the map names and draws it. One that was not there goes, with its bindings. */
export function restoreSystem({ place, from, into }: Wanted): Restored {
  const { system = "" } = place;
  const [was, is] = [itemOf(from.systems, system), itemOf(into.systems, system)];
  if (was === null) return edits({ type: "remove-system", system });
  if (is === null) return edits({ type: "add-system", system: was.item, at: was.at });
  const { id: _, ...changes } = was.item;
  return edits({ type: "change-system", system, changes });
}

/** A dimension with the fields that its members have in every split along it. */
export function restoreDimension({ place, from, into }: Wanted): Restored {
  const { dimension = "" } = place;
  const was = itemOf(from.dimensions, dimension);
  if (was === null) return edits({ type: "set-dimension", dimension, to: null });
  return edits(dimensionEdit(into, was.item));
}
