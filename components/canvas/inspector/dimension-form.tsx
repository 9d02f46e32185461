"use client";

import { type FormEvent, useState } from "react";
import type { Dimension, Member } from "../../../server/core/map/dimension.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { Textarea } from "../../ui/textarea.tsx";
import { useEditor } from "../editor-context.ts";
import { freeId } from "../gestures/free-id.ts";
import { membersOf, textOf } from "./member-lines.ts";

type DimensionFormProps = {
  /** Null: a new one. */
  dimension: Dimension | null;
  onSave: (dimension: Dimension) => void;
  onCancel: () => void;
};

/** What a dimension is called, its members, and whose value stands for all. */
export function DimensionForm({ dimension, onSave, onCancel }: DimensionFormProps) {
  const { document } = useEditor();
  const [name, setName] = useState(dimension?.name ?? "Language");
  const [text, setText] = useState(textOf(dimension?.members ?? STARTING));
  const [chosen, setChosen] = useState(dimension?.default ?? "");
  const [isTried, setTried] = useState(false);
  const members = membersOf(text);
  const taken = (document.dimensions ?? []).map(({ id }) => id);
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (typeof members === "string" || name.trim() === "") return;
    const isDefault = members.some(({ id }, at) => at > 0 && id === chosen);
    onSave({
      id: dimension?.id ?? freeId(name, taken),
      ...{ name: name.trim(), members },
      ...(isDefault ? { default: chosen } : {}),
    });
  };
  const wrong = isTried && typeof members === "string" ? members : undefined;
  const nameless = isTried && name.trim() === "" ? "Give it a name." : undefined;
  return (
    <form
      onSubmit={save}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
      className="flex flex-col gap-3"
    >
      <Field label="What it is called" error={nameless}>
        <Input value={name} onChange={setName} placeholder="Language" maxLength={60} autoFocus />
      </Field>
      <Field
        label="Its members, one per line"
        hint="The name, or a short id before it: de German"
        error={wrong}
      >
        <Textarea value={text} onChange={setText} rows={4} />
      </Field>
      {typeof members !== "string" && <DefaultChoice {...{ members, chosen, setChosen }} />}
      <div className="flex gap-2">
        <Button type="submit" size="sm" variant="primary">
          {dimension === null ? "Add" : "Save"}
        </Button>
        <Button type="button" size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

type DefaultChoiceProps = {
  members: readonly Member[];
  chosen: string;
  setChosen: (id: string) => void;
};

function DefaultChoice({ members, chosen, setChosen }: DefaultChoiceProps) {
  const [first] = members;
  return (
    <Field label="Whose value stands for all" hint="A field of one value becomes its field.">
      <Select
        options={members.map(({ id, name }) => ({ value: id, label: name }))}
        value={members.some(({ id }) => id === chosen) ? chosen : (first?.id ?? "")}
        onChange={setChosen}
      />
    </Field>
  );
}

const STARTING: readonly Member[] = [
  { id: "en", name: "English" },
  { id: "de", name: "German" },
];
