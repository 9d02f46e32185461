"use client";

import type { Field } from "../../../server/core/map/document.ts";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Field as FormField } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { useEditor } from "../editor-context.ts";

/** What may be changed of a field. */
export type FieldChanges = Extract<
  Parameters<ReturnType<typeof useEditor>["apply"]>[0],
  { type: "change-field" }
>["changes"];

type ComparingProps = {
  field: Field;
  isLocked: boolean;
  change: (changes: FieldChanges) => boolean;
};

/** When two texts mean the same. */
export function Comparing({ field, isLocked, change }: ComparingProps) {
  const { trim, ignoreCase } = field.options ?? {};
  const set = (option: "trim" | "ignoreCase", value: boolean) => {
    const { [option]: _old, ...rest } = field.options ?? {};
    const options = value ? { ...rest, [option]: true } : rest;
    change({ options: Object.keys(options).length === 0 ? null : options });
  };
  return (
    <div className="flex flex-col gap-1">
      <Checkbox
        label="Spaces around it mean nothing"
        checked={trim === true}
        disabled={isLocked}
        onChange={(value) => set("trim", value)}
      />
      <Checkbox
        label="Upper and lower case mean the same"
        checked={ignoreCase === true}
        disabled={isLocked}
        onChange={(value) => set("ignoreCase", value)}
      />
    </div>
  );
}

/** Whose records a reference names; each system does so by keys of its own. */
export function ReferredTo({ field, isLocked, change }: ComparingProps) {
  const { document } = useEditor();
  const { entity = null, ...others } = field.options ?? {};
  return (
    <FormField
      label="Refers to"
      hint="Each system names its records by keys of its own: they are translated."
    >
      <Select
        label="Refers to"
        placeholder="Choose an entity"
        options={document.entities.map(({ id, name }) => ({ value: id, label: name }))}
        value={entity}
        disabled={isLocked}
        onChange={(chosen) => change({ options: { ...others, entity: chosen } })}
      />
    </FormField>
  );
}

/** How its values meet as parts of a match key: rows may be one record although they differ. */
export function KeyComparing({ field, isLocked, change }: ComparingProps) {
  const { entity } = useEditor();
  if (field.type !== "text" || !entity.matchKeys.some((key) => key.includes(field.id))) return null;
  const { key = {}, ...others } = field.options ?? {};
  const set = (next: NonNullable<Field["options"]>["key"]) => {
    const kept = Object.entries(next ?? {}).filter(([, value]) => value !== undefined);
    const options = kept.length === 0 ? others : { ...others, key: Object.fromEntries(kept) };
    change({ options: Object.keys(options).length === 0 ? null : options });
  };
  const flag = (name: "trim" | "ignoreCase" | "ignoreAccents", label: string) => (
    <Checkbox
      label={label}
      checked={key[name] === true}
      disabled={isLocked}
      onChange={(value) => set({ ...key, [name]: value ? true : undefined })}
    />
  );
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="type-label">When rows are matched by it</legend>
      {flag("trim", "Spaces around it do not count")}
      {flag("ignoreCase", "Upper and lower case do not count")}
      {flag("ignoreAccents", "Accents do not count")}
      <Select
        label="What of it counts"
        disabled={isLocked}
        options={[
          { value: "all", label: "All of it counts" },
          { value: "letters-and-digits", label: "Letters and digits alone count" },
          { value: "digits", label: "Digits alone count" },
        ]}
        value={key.only ?? "all"}
        onChange={(only) => set({ ...key, only: only === "all" ? undefined : only })}
      />
    </fieldset>
  );
}
