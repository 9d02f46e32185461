"use client";

import { useState } from "react";
import type { FieldGroup } from "../../../server/core/map/document.ts";
import { groupEdit } from "../../../server/core/map/edits/groups.ts";
import {
  ownershipWords,
  policyWords,
  togetherWords,
} from "../../../server/core/map/field-words.ts";
import { groupOf } from "../../../server/core/map/groups.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { useEditor } from "../editor-context.ts";
import { freeId } from "../gestures/free-id.ts";
import { newGroup } from "../gestures/new-things.ts";
import { GroupForm } from "./group-form.tsx";
import { PanelPart, Sentence } from "./panel.tsx";

/** Fields of which no one is decided without the others, as the lines of an address. */
export function GroupsPart() {
  const { entity, readOnly } = useEditor();
  /** The group that is changed; "" is one that is made. */
  const [open, setOpen] = useState<string | null>(null);
  const groups = entity.groups ?? [];
  const isFull = entity.fields.filter(({ id }) => groupOf(entity, id) === undefined).length < 2;
  const full = "Fewer than two fields are left that are decided alone.";
  return (
    <PanelPart title="What is decided together">
      {groups.length === 0 && open === null && (
        <Sentence>
          Each field is decided by itself. Where two sides change an address at once, the hub could
          get a street of one and a zip of the other.
        </Sentence>
      )}
      <ul className="flex flex-col gap-2">
        {groups.map((group) => (
          <li key={group.id} className="rounded-panel border border-rule p-3">
            {open === group.id ? (
              <GroupEditor group={group} onClose={() => setOpen(null)} />
            ) : (
              <GroupCard group={group} onChange={() => setOpen(group.id)} />
            )}
          </li>
        ))}
        {open === "" && (
          <li className="rounded-panel border border-rule p-3">
            <GroupEditor group={null} onClose={() => setOpen(null)} />
          </li>
        )}
      </ul>
      {open === null && (
        <Button
          size="sm"
          icon="plus"
          className="self-start"
          disabledReason={readOnly ?? (isFull ? full : undefined)}
          onClick={() => setOpen("")}
        >
          Decide fields together
        </Button>
      )}
    </PanelPart>
  );
}

function GroupCard({ group, onChange }: { group: FieldGroup; onChange: () => void }) {
  const { document, entity, apply, readOnly, select } = useEditor();
  const owners = ownershipWords(document, entity.id, { ...group, group: true });
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <span className="min-w-0 flex-1 type-label">{group.name}</span>
        {readOnly === null && (
          <>
            <IconButton icon="edit" size="sm" label={`Change ${group.name}`} onClick={onChange} />
            <IconButton
              icon="trash"
              size="sm"
              label={`Decide the fields of ${group.name} alone`}
              onClick={() => apply(groupEdit(entity, { group: group.id, to: null }))}
            />
          </>
        )}
      </div>
      <Sentence>
        {togetherWords(entity, group)}: {owners}; {policyWords(group.policy)}.
      </Sentence>
      <Button
        size="sm"
        variant="quiet"
        className="self-start"
        onClick={() => select({ kind: "field", field: group.fields[0] ?? "" }, "ownership")}
      >
        Who decides {group.name}
      </Button>
    </div>
  );
}

function GroupEditor({ group, onClose }: { group: FieldGroup | null; onClose: () => void }) {
  const { entity, apply } = useEditor();
  const save = ({ name, fields }: Pick<FieldGroup, "name" | "fields">) => {
    const taken = (entity.groups ?? []).map(({ id }) => id);
    const { id, ...kept } = group ?? newGroup(entity, freeId(name, taken), fields);
    apply(groupEdit(entity, { group: id, to: { ...kept, name, fields } }));
    onClose();
  };
  return <GroupForm {...{ entity, group }} onSave={save} onCancel={onClose} />;
}
