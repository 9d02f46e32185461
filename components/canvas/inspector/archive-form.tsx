"use client";

import { Archive, type Binding } from "../../../server/core/map/document.ts";
import { SettingsForm, type SettingsValue } from "../../forms/settings-form.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { useEditor } from "../editor-context.ts";
import { Sentence } from "./panel.tsx";
import { useCommitted } from "./use-committed.ts";

type ArchiveFormProps = { binding: Binding; onChange: (archive: Archive) => void };

/** By which column a row says that it is put away, and what it says then and when it is back. */
export function ArchiveForm({ binding, onChange }: ArchiveFormProps) {
  const { schemaOf, readOnly } = useEditor();
  const { archive } = binding;
  const written = new Set(
    binding.edges.filter(({ direction }) => direction !== "in").flatMap(({ columns }) => columns),
  );
  const free = (schemaOf(binding)?.columns ?? []).filter(
    ({ name, readOnly: isComputed }) => !written.has(name) && !isComputed,
  );
  return (
    <div className="flex flex-col gap-3 rounded-panel border border-rule p-3">
      <Combobox
        label="The column that says so"
        placeholder="A column that no line writes"
        options={free.map(({ name, nativeType }) => ({
          value: name,
          label: name,
          hint: nativeType,
        }))}
        value={archive?.column ?? null}
        disabled={readOnly !== null}
        onChange={(column) =>
          column !== null && onChange({ value: "true", back: null, ...archive, column })
        }
      />
      {archive !== undefined && <ArchiveValues archive={archive} onChange={onChange} />}
      <Sentence>The row is brought back when its record comes back.</Sentence>
    </div>
  );
}

const VALUES = Archive.omit({ column: true });

function ArchiveValues(props: { archive: Archive; onChange: (archive: Archive) => void }) {
  const { archive, onChange } = props;
  const { column, ...values } = archive;
  const typed = useCommitted<SettingsValue>(values, (value) => {
    const next = Archive.safeParse({ column, ...value });
    if (next.success) onChange(next.data);
  });
  return <SettingsForm schema={VALUES} value={typed.value} onChange={typed.change} />;
}
