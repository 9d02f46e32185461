"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { notify } from "../../../components/ui/toast.tsx";
import { ValueInput } from "../../../components/values/value-input.tsx";
import { valueText } from "../../../components/values/value-text.ts";
import type { Field } from "../../../server/core/map/document.ts";
import { readEnteredValue } from "../../../server/core/validation/entered-value.ts";
import type { FieldValue } from "../../../server/core/values/field-value.ts";
import type { GroupPage, HeldDetail } from "./held-filter.ts";

type CorrectFormProps = { detail: HeldDetail; field: Field; page: GroupPage };

/** Says what the value should be; it is tested against the live rules while one types. */
export function CorrectForm({ detail, field, page }: CorrectFormProps) {
  const trpc = useTRPC();
  const [value, setValue] = useState<FieldValue>(detail.value ?? null);
  const [refusal, setRefusal] = useState<string>();
  const correct = useMutation(
    trpc.quarantine.correct.mutationOptions({
      onSuccess: () => notify({ title: `${field.name} set to “${valueText(value)}”`, tone: "ok" }),
      onError: (problem) => setRefusal(problemOf(problem).message),
    }),
  );
  const read = readEnteredValue(field, value);
  const isSame = JSON.stringify(value) === JSON.stringify(detail.value ?? null);
  const system = page.systems.find(({ id }) => id === detail.system)?.name ?? detail.system;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (read.ok) correct.mutate({ item: detail.id, value: read.value });
  };
  return (
    <form onSubmit={onSubmit} className="flex max-w-xl flex-col gap-2">
      <ValueInput
        label={`What ${field.name} should be`}
        type={field.type}
        options={field.options}
        value={value}
        onChange={(next) => {
          setValue(next);
          setRefusal(undefined);
        }}
        hint={`The hub takes it, and so does every system that receives it, ${system} too.`}
        error={refusal ?? (read.ok || isSame ? undefined : read.message)}
      />
      <div>
        <Button
          type="submit"
          size="sm"
          variant="primary"
          busy={correct.isPending}
          disabledReason={reasonOf(read, isSame && detail.kind === "delivery")}
        >
          Correct it
        </Button>
      </div>
    </form>
  );
}

function reasonOf(read: ReturnType<typeof readEnteredValue>, isSame: boolean): string | undefined {
  if (!read.ok) return read.message;
  return isSame ? "It is the value that was refused." : undefined;
}
