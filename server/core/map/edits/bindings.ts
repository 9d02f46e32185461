import type { Binding, Edge, MapDocument } from "../document.ts";
import { bindingWords, fieldName, systemName } from "../place.ts";
import type { Edit, SimpleEdit } from "./edit.ts";
import {
  applied,
  type EditResult,
  isMissing,
  withChanges,
  withItem,
  withoutChanges,
} from "./outcome.ts";

type Of<Type extends SimpleEdit["type"]> = Extract<SimpleEdit, { type: Type }>;

export function addBinding(document: MapDocument, edit: Of<"add-binding">): EditResult {
  const next = { ...document, bindings: withItem(document.bindings, edit.binding, edit.at) };
  const inverse: Edit = { type: "remove-binding", binding: edit.binding.id };
  return applied(next, inverse, `Bind ${bindingWords(next, edit.binding.id)}`);
}

export function removeBinding(document: MapDocument, edit: Of<"remove-binding">): EditResult {
  return onBinding(document, edit.binding, (binding, at) => {
    const next = { ...document, bindings: document.bindings.toSpliced(at, 1) };
    const label = `Remove binding ${bindingWords(document, binding.id)}`;
    return applied(next, { type: "add-binding", binding, at }, label);
  });
}

export function changeBinding(document: MapDocument, edit: Of<"change-binding">): EditResult {
  return onBinding(document, edit.binding, (binding, at) => {
    const next = withBinding(document, at, withChanges(binding, edit.changes));
    const inverse: Edit = { ...edit, changes: withoutChanges(binding, edit.changes) };
    return applied(next, inverse, `Change binding ${bindingWords(next, binding.id)}`);
  });
}

export function connect(document: MapDocument, edit: Of<"connect">): EditResult {
  return onBinding(document, edit.binding, (binding, at) => {
    const edges = withItem(binding.edges, edit.edge, edit.at);
    const next = withBinding(document, at, { ...binding, edges });
    const inverse: Edit = { type: "disconnect", binding: binding.id, edge: edit.edge.id };
    return applied(next, inverse, `Map ${edgeWords(document, binding, edit.edge)}`);
  });
}

export function disconnect(document: MapDocument, edit: Of<"disconnect">): EditResult {
  return onEdge(document, edit, (binding, at, edge, edgeAt) => {
    const edges = binding.edges.toSpliced(edgeAt, 1);
    const next = withBinding(document, at, { ...binding, edges });
    const inverse: Edit = { type: "connect", binding: binding.id, edge, at: edgeAt };
    return applied(next, inverse, `Unmap ${edgeWords(document, binding, edge)}`);
  });
}

export function changeEdge(document: MapDocument, edit: Of<"change-edge">): EditResult {
  return onEdge(document, edit, (binding, at, edge, edgeAt) => {
    const edges = binding.edges.with(edgeAt, withChanges(edge, edit.changes));
    const next = withBinding(document, at, { ...binding, edges });
    const inverse: Edit = { ...edit, changes: withoutChanges(edge, edit.changes) };
    return applied(next, inverse, `Change ${edgeWords(document, binding, edge)}`);
  });
}

/** "ERP list_price to Price" */
function edgeWords(document: MapDocument, binding: Binding, edge: Edge): string {
  const fields = edge.fields.map((field) => fieldName(document, binding.entity, field));
  const columns = edge.columns.join(", ");
  return `${systemName(document, binding.system)} ${columns} to ${fields.join(", ")}`;
}

function onBinding(
  document: MapDocument,
  id: string,
  change: (binding: Binding, at: number) => EditResult,
): EditResult {
  const at = document.bindings.findIndex((one) => one.id === id);
  const binding = document.bindings[at];
  if (binding === undefined) return isMissing(document, { binding: id });
  return change(binding, at);
}

function onEdge(
  document: MapDocument,
  place: { binding: string; edge: string },
  change: (binding: Binding, at: number, edge: Edge, edgeAt: number) => EditResult,
): EditResult {
  return onBinding(document, place.binding, (binding, at) => {
    const edgeAt = binding.edges.findIndex((one) => one.id === place.edge);
    const edge = binding.edges[edgeAt];
    if (edge === undefined) return isMissing(document, place);
    return change(binding, at, edge, edgeAt);
  });
}

function withBinding(document: MapDocument, at: number, binding: Binding): MapDocument {
  return { ...document, bindings: document.bindings.with(at, binding) };
}
