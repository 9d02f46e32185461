"use client";

import type { Edit } from "../../../server/core/map/edits/edit.ts";
import { groupEdit, ownershipEdit } from "../../../server/core/map/edits/groups.ts";
import { list } from "../../../server/core/map/field-words.ts";
import { groupOf } from "../../../server/core/map/groups.ts";
import { speak, useCanvas, useCanvasStore } from "../canvas-state.ts";
import { type Editor, useEditor } from "../editor-context.ts";
import { freeId } from "../gestures/free-id.ts";
import { newGroup } from "../gestures/new-things.ts";
import { ranksOf, ruleOf, withOwner } from "../inspector/tiers.ts";
import { pasteAt } from "./paste.ts";
import { pickedDecided, pickedFields, pickedLines, standingPicks, unmapping } from "./picks.ts";

/** What can be done with everything that is picked, each as one entry of undo. */
export function usePickActs() {
  const store = useCanvasStore();
  const editor = useEditor();
  const { document, entity, readOnly } = editor;
  const picked = useCanvas((state) => state.picked);
  const copied = useCanvas((state) => state.copied);
  const picks = standingPicks(document, entity, picked);
  const lines = pickedLines(document, entity, picks);
  const fields = pickedFields(document, entity, picks);
  /** Lets go of what is chosen; with nothing chosen, of what was copied. */
  const done = () =>
    store.setState(
      picks.length > 0 ? { picked: [], pickRange: null } : { copied: [], pasteReport: null },
    );
  const make = (edit: Edit | null, said: string) => {
    if (edit !== null && editor.apply(edit)) speak(store, `${said} Control Z takes it back.`);
  };
  return {
    ...{ picks, lines, fields, copied, done, readOnly },
    unmap: () => {
      make(unmapping(lines), `${lines.length} lines are taken away.`);
    },
    copy: () => {
      store.setState({ copied: lines, pasteReport: null });
      speak(store, `${lines.length} lines are copied. Paste them onto another system.`);
    },
    paste: (binding: string) => pasteAt(editor, store, binding),
    own: (system: string) => make(ownersEdit(editor, fields, system), "The owner is set."),
    ...groupActs(editor, fields, make),
  };
}

export type PickActs = ReturnType<typeof usePickActs>;

/** One system decides all of them first; the others keep their ranks behind it. */
function ownersEdit({ document, entity }: Editor, fields: readonly string[], system: string): Edit {
  const edits = pickedDecided(entity, fields).map((decided): Edit => {
    const { ownership } = decided;
    const ranks = withOwner(ranksOf(ownership), system);
    return ownershipEdit(entity, decided, ruleOf(ranks, { refused: "revert", ...ownership }));
  });
  const name = document.systems.find(({ id }) => id === system)?.name ?? system;
  const what = fields.length === 1 ? "1 field" : `${fields.length} fields`;
  return { type: "batch", label: `Make ${name} the owner of ${what}`, edits };
}

type Make = (edit: Edit | null, said: string) => void;

function groupActs({ entity }: Editor, fields: readonly string[], make: Make) {
  const groups = (entity.groups ?? []).filter((group) =>
    group.fields.some((id) => fields.includes(id)),
  );
  const free = fields.filter((id) => groupOf(entity, id) === undefined);
  const nameOf = (id: string) => entity.fields.find((field) => field.id === id)?.name ?? id;
  return {
    /** Groups that some of the fields are in. */
    groups,
    /** Fields that are decided alone. */
    free,
    together: () => {
      const name = list(free.map(nameOf)).slice(0, 120);
      const id = freeId(
        name,
        (entity.groups ?? []).map((group) => group.id),
      );
      const { id: _, ...made } = newGroup(entity, id, free);
      const to = { ...made, name, fields: [...free] };
      make(groupEdit(entity, { group: id, to }), `${name} are decided together.`);
    },
    putInto: (group: string) => {
      const found = entity.groups?.find(({ id }) => id === group);
      if (found === undefined) return;
      const { id: _, ...kept } = found;
      const to = { ...kept, fields: [...kept.fields, ...free] };
      make(groupEdit(entity, { group, to }), `They are decided together as ${found.name}.`);
    },
    takeOut: (group: string) => {
      const found = entity.groups?.find(({ id }) => id === group);
      if (found === undefined) return;
      const { id: _, ...kept } = found;
      const rest = kept.fields.filter((id) => !fields.includes(id));
      // One field alone is no group.
      const to = rest.length < 2 ? null : { ...kept, fields: rest };
      make(groupEdit(entity, { group, to }), `They are not decided as ${found.name} any more.`);
    },
  };
}
