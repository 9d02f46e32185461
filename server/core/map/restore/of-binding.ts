import type { Binding } from "../document.ts";
import type { Edit } from "../edits/edit.ts";
import { because, edits, itemOf, type Restored, type Wanted } from "./restored.ts";

/** What is said of a binding and its edges. A binding that was not there goes, with its edges. */
export function restoreBinding(wanted: Wanted): Restored {
  const { kind, place, from, into } = wanted;
  const { binding = "" } = place;
  const [was, is] = [itemOf(from.bindings, binding), itemOf(into.bindings, binding)];
  if (place.edge !== undefined) return restoreEdge(wanted, place.edge, was?.item, is?.item);
  if (was === null) return edits({ type: "remove-binding", binding });
  if (is === null) return edits({ type: "add-binding", binding: was.item, at: was.at });
  if (kind !== "binding") return edits(settingsEdit(kind, was.item));
  if (was.item.system === is.item.system && was.item.entity === is.item.entity) {
    return edits({ type: "change-binding", binding, changes: { object: was.item.object } });
  }
  // Edges of another entity mean nothing here: they come back with it.
  return edits(
    { type: "remove-binding", binding },
    { type: "add-binding", binding: was.item, at: is.at },
  );
}

function settingsEdit(kind: Wanted["kind"], was: Binding): Edit {
  const { id: binding, scope = null, massChange = null, archive = null } = was;
  if (kind === "scope") return { type: "change-binding", binding, changes: { scope } };
  if (kind === "mass-change") return { type: "change-binding", binding, changes: { massChange } };
  const { createsRecords, createsRows, whenRowGone, whenRecordDeleted, staleSecondsMax } = was;
  const ends = { createsRecords, createsRows, whenRowGone, whenRecordDeleted };
  return { type: "change-binding", binding, changes: { ...ends, archive, staleSecondsMax } };
}

function restoreEdge(
  { place }: Wanted,
  edge: string,
  earlier: Binding | undefined,
  now: Binding | undefined,
): Restored {
  const { binding = "" } = place;
  if (now === undefined) return because("The draft has no such binding. Bring the binding back.");
  const [was, is] = [itemOf(earlier?.edges, edge), itemOf(now.edges, edge)];
  if (was === null) return edits({ type: "disconnect", binding, edge });
  if (is === null) return edits({ type: "connect", binding, edge: was.item, at: was.at });
  const { id: _, refersBy = null, massChange = null, ...said } = was.item;
  const changes = { ...said, refersBy, massChange };
  return edits({ type: "change-edge", binding, edge, changes });
}
