"use client";

import { useState } from "react";
import type { Binding } from "../../../server/core/map/document.ts";
import type { ObjectSchema } from "../../../server/core/map/object-schema.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { Switch } from "../../ui/switch.tsx";
import { useEditor } from "../editor-context.ts";
import { SuggestButton } from "../suggest/suggest-button.tsx";
import { ArchiveForm } from "./archive-form.tsx";
import { MassChangePart } from "./mass-change-part.tsx";
import { PanelPart, Sentence } from "./panel.tsx";
import { ScopePart } from "./scope-part.tsx";
import { useCommitted } from "./use-committed.ts";

const ROW_GONE = [
  { value: "review", label: "Ask", hint: "It waits in the queue for a decision." },
  { value: "unlink", label: "Keep the record", hint: "The record stays and loses this row." },
  { value: "delete", label: "Delete the record", hint: "And with it its rows elsewhere." },
] as const;

const RECORD_DELETED = [
  { value: "review", label: "Ask", hint: "The row stays until somebody decides." },
  { value: "archive", label: "Put the row away", hint: "A column gets a value that says so." },
  { value: "leave", label: "Leave the row", hint: "Nothing is deleted in this system." },
  { value: "delete", label: "Delete the row", hint: "Only while nothing new was written there." },
] as const;

/** An object that is joined to the entity: what it makes, what is made in it, and deletes. */
export function BindingPanel({ binding }: { binding: Binding }) {
  const { apply, readOnly, schemaOf } = useEditor();
  const change = (changes: Changes) => {
    if (readOnly === null) apply({ type: "change-binding", binding: binding.id, changes });
  };
  return (
    <>
      <PanelPart
        title="What may belong together"
        action={<SuggestButton target={{ kind: "all", binding: binding.id }} />}
      >
        <Sentence>{freeWords(schemaOf(binding), binding)}</Sentence>
      </PanelPart>
      <PanelPart title="What is made">
        <Switch
          label="A new row here makes a record"
          checked={binding.createsRecords}
          disabled={readOnly !== null}
          onChange={(createsRecords) => change({ createsRecords })}
        />
        <Switch
          label="A new record makes a row here"
          checked={binding.createsRows}
          disabled={readOnly !== null}
          onChange={(createsRows) => change({ createsRows })}
        />
        <Sentence>Rows are matched with records before anything is made.</Sentence>
      </PanelPart>
      <ScopePart binding={binding} />
      <PanelPart title="What is deleted">
        <RadioGroup
          label="A row is gone here"
          options={ROW_GONE}
          value={binding.whenRowGone}
          onChange={(whenRowGone) => change({ whenRowGone })}
        />
        <RadioGroup
          label="The record was deleted"
          options={RECORD_DELETED}
          value={binding.whenRecordDeleted}
          onChange={(whenRecordDeleted) => change({ whenRecordDeleted })}
        />
        {binding.whenRecordDeleted === "archive" && (
          <ArchiveForm binding={binding} onChange={(archive) => change({ archive })} />
        )}
      </PanelPart>
      <MassChangePart
        limits={binding.massChange}
        onChange={(massChange) => change({ massChange })}
      />
      <PanelPart title="How fresh">
        <Staleness binding={binding} onCommit={(staleSecondsMax) => change({ staleSecondsMax })} />
      </PanelPart>
      <BindingEnd binding={binding} />
    </>
  );
}

/** How many columns lead nowhere yet. */
function freeWords(schema: ObjectSchema | null, { edges }: Binding): string {
  const used = new Set(edges.flatMap(({ columns }) => columns));
  const free = schema?.columns.filter(({ name }) => !used.has(name)).length ?? 0;
  if (free === 0) return "Every column is joined.";
  const count = free === 1 ? "1 column leads" : `${free} columns lead`;
  return `${count} nowhere yet.`;
}

type Changes = Extract<
  Parameters<ReturnType<typeof useEditor>["apply"]>[0],
  { type: "change-binding" }
>["changes"];

function Staleness(props: { binding: Binding; onCommit: (seconds: number) => void }) {
  const { binding, onCommit } = props;
  const typed = useCommitted(String(binding.staleSecondsMax), (text) => {
    if (/^\d{1,7}$/.test(text)) onCommit(Number(text));
  });
  const isWrong = !/^\d{1,7}$/.test(typed.value);
  return (
    <Field
      label="A value may be this old, in seconds"
      error={isWrong ? "A whole number of seconds, 0 or more." : undefined}
    >
      <Input
        mono
        inputMode="numeric"
        className="max-w-32 text-right"
        value={typed.value}
        onChange={typed.change}
        onBlur={typed.flush}
      />
    </Field>
  );
}

function BindingEnd({ binding }: { binding: Binding }) {
  const { apply, readOnly, select } = useEditor();
  const [asks, setAsks] = useState(false);
  const count = binding.edges.length;
  const remove = () => {
    if (apply({ type: "remove-binding", binding: binding.id })) select({ kind: "entity" }, null);
  };
  return (
    <div className="flex flex-col items-start gap-2 px-4 py-4">
      <Button
        variant="danger"
        icon="unlink"
        onClick={() => (count > 0 && !asks ? setAsks(true) : remove())}
        disabledReason={readOnly ?? undefined}
      >
        {asks
          ? `Take it out, with ${count === 1 ? "1 line" : `${count} lines`}`
          : "Take it out of the map"}
      </Button>
      <Sentence>Its rows stay as they are. Undo brings it back.</Sentence>
    </div>
  );
}
