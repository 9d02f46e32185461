"use client";

import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Field } from "../../ui/field.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Select } from "../../ui/select.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import { useEditor } from "../editor-context.ts";
import { CommittedInput } from "./committed-input.tsx";
import { DimensionsPart } from "./dimensions-part.tsx";
import { EntityRulesPart } from "./entity-rules-part.tsx";
import { GroupsPart } from "./groups-part.tsx";
import { PanelPart, Sentence } from "./panel.tsx";

/** The entity as a whole: its name, what names its records, and how rows find them. */
export function EntityPanel() {
  const { entity, apply, readOnly, document, select } = useEditor();
  const isLocked = readOnly !== null;
  const bindings = document.bindings.filter((binding) => binding.entity === entity.id);
  return (
    <>
      <PanelPart title="What it is">
        <CommittedInput
          label="Name"
          value={entity.name}
          required
          disabled={isLocked}
          onCommit={(name) =>
            apply({ type: "change-entity", entity: entity.id, changes: { name } })
          }
        />
        <Field label="Records are called by">
          <Select
            options={entity.fields.map(({ id, name }) => ({ value: id, label: name }))}
            value={entity.title}
            disabled={isLocked}
            onChange={(title) =>
              apply({ type: "change-entity", entity: entity.id, changes: { title } })
            }
          />
        </Field>
      </PanelPart>
      <MatchKeys />
      <GroupsPart />
      <DimensionsPart />
      <EntityRulesPart />
      <PanelPart title="Connected objects">
        <ul className="flex flex-col">
          {bindings.map(({ id, system, object }) => {
            const found = document.systems.find((one) => one.id === system);
            return (
              <li key={id}>
                <button
                  type="button"
                  onClick={() => select({ kind: "binding", binding: id }, "mapping")}
                  className="flex min-h-8 w-full items-center gap-2 text-left hover:underline"
                >
                  {found && <LineBullet system={found} size={20} quiet />}
                  <span className="type-label">{found?.name ?? system}</span>
                  <span className="min-w-0 truncate type-small text-ink-2">{object}</span>
                </button>
              </li>
            );
          })}
        </ul>
        {bindings.length === 0 && <Sentence>None yet: connect the object of a system.</Sentence>}
      </PanelPart>
    </>
  );
}

/** How a new row finds its record: sets of fields that must all agree, tried in order. */
function MatchKeys() {
  const { entity, apply, readOnly } = useEditor();
  const keys = entity.matchKeys;
  const isLocked = readOnly !== null;
  const set = (matchKeys: string[][]) =>
    apply({ type: "set-match-keys", entity: entity.id, matchKeys });
  return (
    <PanelPart title="How rows find their record">
      <Sentence>
        A new row belongs to the record whose fields all agree with it. Without a key every row
        makes a record of its own.
      </Sentence>
      <ol className="flex flex-col gap-2">
        {keys.map((key, at) => (
          <li
            // Two keys may name the same fields; their place is all that tells them apart.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={at}
            className="rounded-panel border border-rule p-3"
          >
            <div className="flex items-center justify-between">
              <span className="type-small text-ink-2">{at === 0 ? "First by" : "Else by"}</span>
              {!isLocked && (
                <IconButton
                  icon="trash"
                  size="sm"
                  label={`Remove match key ${at + 1}`}
                  onClick={() => set(keys.toSpliced(at, 1))}
                />
              )}
            </div>
            <div className="grid grid-cols-2 gap-x-3">
              {entity.fields.map(({ id, name }) => (
                <Checkbox
                  key={id}
                  label={name}
                  checked={key.includes(id)}
                  disabled={isLocked || (key.length === 1 && key.includes(id))}
                  onChange={(isOn) => {
                    const next = isOn ? [...key, id] : key.filter((one) => one !== id);
                    set(keys.with(at, next));
                  }}
                />
              ))}
            </div>
          </li>
        ))}
      </ol>
      <Button
        size="sm"
        icon="plus"
        disabledReason={readOnly ?? undefined}
        onClick={() => set([...keys, [entity.title]])}
        className="self-start"
      >
        Add a match key
      </Button>
    </PanelPart>
  );
}
