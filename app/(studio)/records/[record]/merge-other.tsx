"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Field } from "../../../../components/ui/field.tsx";
import { Input } from "../../../../components/ui/input.tsx";
import { RadioGroup } from "../../../../components/ui/radio-group.tsx";
import { valueText } from "../../../../components/values/value-text.ts";
import { entityOf, type RecordData, systemOf } from "./record-data.ts";

type MergeOtherProps = {
  data: RecordData;
  value: string | null;
  onChange: (record: string) => void;
};

/** Records that are offered at once; a longer search narrows them. */
const SHOWN_MAX = 6;

/** Finds the record that is this one too: by its title, an id or a key. */
export function MergeOther({ data, value, onChange }: MergeOtherProps) {
  const trpc = useTRPC();
  const [search, setSearch] = useState("");
  const asked = useDeferredValue(search.trim());
  const found = useQuery({
    ...trpc.records.list.queryOptions({ entity: data.entity, search: asked }),
    enabled: asked !== "",
    placeholderData: (before) => before,
  });
  const records = (found.data?.records ?? []).filter(({ id }) => id !== data.id);
  const options = records.slice(0, SHOWN_MAX).map(({ id, title, rows }) => ({
    value: id,
    label: valueText(title),
    hint: rows
      .map(({ system, externalId }) => `${systemOf(data, system)?.name ?? system} ${externalId}`)
      .join(", "),
  }));
  return (
    <div className="flex flex-col gap-3">
      <Field label={`The other ${entityOf(data)?.name ?? "record"}`} hint="A title, an id or a key">
        <Input value={search} onChange={setSearch} />
      </Field>
      {options.length > 0 && (
        <RadioGroup
          label="Which one is this record too?"
          options={options}
          value={value ?? ""}
          onChange={onChange}
        />
      )}
      {asked !== "" && found.data !== undefined && options.length === 0 && (
        <p className="type-small text-ink-2">No other record is found by this.</p>
      )}
    </div>
  );
}
