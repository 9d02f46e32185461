"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { problemOf } from "../../../../components/problem-of.ts";
import { useTRPC, useTRPCClient } from "../../../../components/trpc-provider.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import { ValueInput } from "../../../../components/values/value-input.tsx";
import { valueText } from "../../../../components/values/value-text.ts";
import type { Field } from "../../../../server/core/map/document.ts";
import { readEnteredValue } from "../../../../server/core/validation/entered-value.ts";
import type { FieldValue } from "../../../../server/core/values/field-value.ts";
import { presentRows, type RecordData, systemOf } from "./record-data.ts";

type SetValueFormProps = { data: RecordData; field: Field; onDone: () => void };

/** Sets the hub's value by hand. Says who gets it before it is done. */
export function SetValueForm({ data, field, onDone }: SetValueFormProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  // What is shown when one begins: a value that moves meanwhile must not be written over.
  const [shown] = useState(() => data.values[field.id]?.v);
  const [value, setValue] = useState<FieldValue>(shown ?? null);
  const [error, setError] = useState<string>();
  const takeBack = async (from: FieldValue, to: FieldValue) => {
    try {
      const act = { record: data.id, field: field.id, value: to, shown: { value: from } };
      await client.records.setValue.mutate(act);
    } catch (problem) {
      notify({ title: "It stays", detail: problemOf(problem).message, tone: "fail" });
    }
  };
  const save = useMutation(
    trpc.records.setValue.mutationOptions({
      onSuccess: (outcome) => {
        onDone();
        if (outcome.kind === "same") return;
        notify({
          title: `${field.name} set to “${valueText(outcome.value)}”`,
          tone: "ok",
          undo:
            shown === undefined
              ? undefined
              : { label: "Take back", run: () => void takeBack(outcome.value, shown) },
        });
      },
      onError: (problem) => setError(problemOf(problem).message),
    }),
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const read = readEnteredValue(field, value);
    if (!read.ok) {
      setError(read.message);
      return;
    }
    const seen = shown === undefined ? {} : { value: shown };
    save.mutate({ record: data.id, field: field.id, value: read.value, shown: seen });
  };
  return (
    <form
      onSubmit={onSubmit}
      onKeyDown={(event) => event.key === "Escape" && onDone()}
      className="flex max-w-xl flex-col gap-3"
    >
      <div ref={focusFirst}>
        <ValueInput
          label={`New value of ${field.name}`}
          type={field.type}
          options={field.options}
          value={value}
          onChange={(next) => {
            setValue(next);
            setError(undefined);
          }}
          hint={`Yours stands until an owner edits it. It goes to ${receivers(data, field)}.`}
          error={error}
        />
      </div>
      <div className="flex gap-2">
        <Button type="submit" size="sm" variant="primary" busy={save.isPending}>
          Set it
        </Button>
        <Button type="button" size="sm" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** Names of the systems that receive the field. */
function receivers(data: RecordData, field: Field): string {
  const names = presentRows(data)
    .filter(({ cells }) => cells[field.id]?.writes === true)
    .map(({ system }) => systemOf(data, system)?.name ?? system);
  return names.length === 0 ? "no system" : names.join(", ");
}

function focusFirst(element: HTMLElement | null): void {
  element?.querySelector<HTMLElement>("input, textarea, [role=combobox], button")?.focus();
}
