import { ownerSentence } from "../../../server/core/map/field-words.ts";
import { bindingRulesWords, edgeWords } from "../../../server/core/map/sentences.ts";
import type { BulletSystem } from "../../values/line-bullet.tsx";
import type { Editor } from "../editor-context.ts";

export type Heading = {
  /** What it is: "Field", "Line", "Column". */
  readonly kind: string;
  readonly title: string;
  /** What the map says of it, always in sight. */
  readonly sentence: string;
  readonly system: BulletSystem | null;
};

/** What stands over the inspector for what is chosen. */
export function headingOf(editor: Editor): Heading {
  const { selection, entity, document } = editor;
  switch (selection.kind) {
    case "field":
      return fieldHeading(editor, selection.field);
    case "edge":
      return edgeHeading(editor, selection.binding, selection.edge);
    case "column": {
      const { system } = bindingIn(editor, selection.binding);
      return { kind: "Column", title: selection.column, sentence: "Not mapped.", system };
    }
    case "binding": {
      const { binding, system } = bindingIn(editor, selection.binding);
      const sentence = binding === null ? "Not in the draft." : `${bindingRulesWords(binding)}.`;
      const title = `${system?.name ?? ""} ${binding?.object ?? selection.binding}`;
      return { kind: "Object", title, sentence, system };
    }
    default: {
      const count = document.bindings.filter((binding) => binding.entity === entity.id).length;
      const objects = count === 1 ? "1 object" : `${count} objects`;
      const sentence = `${entity.fields.length} fields, kept in agreement between ${objects}.`;
      return { kind: "Entity", title: entity.name, sentence, system: null };
    }
  }
}

function fieldHeading({ document, entity }: Editor, id: string): Heading {
  const field = entity.fields.find((one) => one.id === id);
  if (field === undefined) {
    return { kind: "Field", title: id, sentence: "Not in the draft.", system: null };
  }
  const sentence = `${ownerSentence(document, entity.id, field)}.`;
  return { kind: "Field", title: field.name, sentence, system: null };
}

function edgeHeading(editor: Editor, bindingId: string, edgeId: string): Heading {
  const { document, entity } = editor;
  const { binding, system } = bindingIn(editor, bindingId);
  const edge = binding?.edges.find(({ id }) => id === edgeId);
  if (binding === null || edge === undefined) {
    return { kind: "Line", title: edgeId, sentence: "Not in the draft.", system };
  }
  const names = edge.fields.map((id) => entity.fields.find((one) => one.id === id)?.name ?? id);
  const field = entity.fields.find(({ id }) => id === edge.fields[0]);
  const owner = field === undefined ? "" : ` ${ownerSentence(document, entity.id, field)}.`;
  return {
    kind: "Line",
    title: `${edge.columns.join(", ")} – ${names.join(", ")}`,
    sentence: `${edgeWords(document, binding, edge)}.${owner}`,
    system,
  };
}

function bindingIn({ document }: Editor, id: string) {
  const binding = document.bindings.find((one) => one.id === id) ?? null;
  const system = document.systems.find((one) => one.id === binding?.system) ?? null;
  return { binding, system };
}
