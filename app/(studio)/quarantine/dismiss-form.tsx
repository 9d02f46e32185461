"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Popover } from "../../../components/ui/popover.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import { notify } from "../../../components/ui/toast.tsx";
import type { HeldDetail } from "./held-filter.ts";

/** Lets the value be, with a reason that stays with it. */
export function DismissForm({ detail }: { detail: HeldDetail }) {
  const trpc = useTRPC();
  const [reason, setReason] = useState("");
  const dismiss = useMutation(
    trpc.quarantine.dismiss.mutationOptions({
      onSuccess: () => notify({ title: "Dismissed", detail: reason, tone: "ok" }),
    }),
  );
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() !== "") dismiss.mutate({ item: detail.id, reason });
  };
  return (
    <Popover
      trigger={
        <Button size="sm" icon="close">
          Dismiss …
        </Button>
      }
      title="Let it be"
    >
      <form onSubmit={onSubmit} className="flex w-72 flex-col gap-3">
        <p className="type-body text-ink-2">{meaningOf(detail)}</p>
        <Field
          label="Why"
          error={dismiss.error === null ? undefined : problemOf(dismiss.error).message}
        >
          <Textarea value={reason} onChange={setReason} rows={2} />
        </Field>
        <Button
          type="submit"
          size="sm"
          busy={dismiss.isPending}
          disabledReason={reason.trim() === "" ? "Say why: it is kept with the value." : undefined}
        >
          Dismiss
        </Button>
      </form>
    </Popover>
  );
}

/** What letting it be means, and when it ends. */
function meaningOf({ kind, link, externalId }: HeldDetail): string {
  const isToBeMade = kind === "delivery" && link !== null && externalId === null;
  return `${isToBeMade ? NOT_MADE : MEANING[kind]} ${UNTIL}`;
}

const MEANING: Readonly<Record<HeldDetail["kind"], string>> = {
  value:
    "The refused value stays where it is until it or the hub’s own value changes. The field is " +
    "held no longer, and the value stays in the audit log.",
  delivery:
    "The system keeps its own value in this field, apart from the hub’s, until somebody ends that.",
  row: "The row stays nobody’s until it changes in its system.",
};

const NOT_MADE = "The system gets no such row until a value of the record changes.";
const UNTIL = "No rule and no reading undoes that; a person may, under “Let be”.";
