"use client";

import type { Archive, Binding } from "../../../server/core/map/document.ts";
import type { ColumnSchema } from "../../../server/core/map/object-schema.ts";
import { Combobox } from "../../ui/combobox.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
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
  const choose = (name: string | null) => {
    const column = free.find((one) => one.name === name);
    if (column !== undefined) onChange({ ...usualWords(column), column: column.name });
  };
  return (
    <div className="flex flex-col gap-3 rounded-panel border border-rule p-3">
      <Field group label="The column that says so">
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
          onChange={choose}
        />
      </Field>
      {archive !== undefined && <ArchiveValues archive={archive} onChange={onChange} />}
      <Sentence>The row is brought back when its record comes back.</Sentence>
    </div>
  );
}

/** What such a column mostly says; it can be typed over. */
function usualWords({ type, nullable }: ColumnSchema): Pick<Archive, "value" | "back"> {
  if (type === "boolean") return { value: "true", back: "false" };
  if (type === "integer" || type === "decimal") return { value: "1", back: "0" };
  return { value: "archived", back: nullable ? null : "active" };
}

function ArchiveValues(props: { archive: Archive; onChange: (archive: Archive) => void }) {
  const { archive, onChange } = props;
  const { readOnly } = useEditor();
  const value = useCommitted(archive.value, (text) => onChange({ ...archive, value: text }));
  const back = useCommitted(archive.back ?? "", (text) =>
    onChange({ ...archive, back: text === "" ? null : text }),
  );
  return (
    <>
      <Field label="It says, put away">
        <Input
          mono
          value={value.value}
          disabled={readOnly !== null}
          onChange={value.change}
          onBlur={value.flush}
        />
      </Field>
      <Field label="It says, brought back" hint="Empty: the column has no value then.">
        <Input
          mono
          value={back.value}
          disabled={readOnly !== null}
          onChange={back.change}
          onBlur={back.flush}
        />
      </Field>
    </>
  );
}
