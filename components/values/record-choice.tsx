"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTRPC } from "../trpc-provider.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { RadioGroup } from "../ui/radio-group.tsx";
import { valueText } from "./value-text.ts";

type RecordChoiceProps = {
  entity: string;
  /** What the search asks for: "The other Product". */
  label: string;
  /** What the choice answers. */
  question: string;
  value: string | null;
  onChange: (record: string) => void;
  /** A record that is not offered. */
  without?: string | undefined;
};

/** Records that are offered at once; a longer search narrows them. */
const SHOWN_MAX = 6;

/** Finds one record of an entity: by its title, an id or a key. */
export function RecordChoice(props: RecordChoiceProps) {
  const { entity, label, question, value, onChange, without } = props;
  const trpc = useTRPC();
  const [search, setSearch] = useState("");
  const asked = useDeferredValue(search.trim());
  const found = useQuery({
    ...trpc.records.list.queryOptions({ entity, search: asked }),
    enabled: asked !== "",
    placeholderData: (before) => before,
  });
  const { records = [], systems = [] } = found.data ?? {};
  const nameOf = (system: string) => systems.find(({ id }) => id === system)?.name ?? system;
  const options = records
    .filter(({ id }) => id !== without)
    .slice(0, SHOWN_MAX)
    .map(({ id, title, rows }) => ({
      value: id,
      label: valueText(title),
      hint: rows.map(({ system, externalId }) => `${nameOf(system)} ${externalId}`).join(", "),
    }));
  return (
    <div className="flex flex-col gap-3">
      <Field label={label} hint="A title, an id or a key">
        <Input value={search} onChange={setSearch} />
      </Field>
      {options.length > 0 && (
        <RadioGroup label={question} options={options} value={value ?? ""} onChange={onChange} />
      )}
      {asked !== "" && found.data !== undefined && options.length === 0 && (
        <p className="type-small text-ink-2">No other record is found by this.</p>
      )}
    </div>
  );
}
