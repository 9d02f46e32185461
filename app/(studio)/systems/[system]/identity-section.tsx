"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { problemOf } from "../../../../components/problem-of.ts";
import { Section } from "../../../../components/shell/section.tsx";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Badge } from "../../../../components/ui/badge.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import { type Identity, IdentityFields } from "../identity-fields.tsx";
import type { SystemData } from "./system-page.tsx";

/** How the system is named. Part of the map: it is changed in the draft. */
export function IdentitySection({ data }: { data: SystemData }) {
  const trpc = useTRPC();
  const { id, ...stored } = data.identity;
  const [value, setValue] = useState<Identity>(stored);
  const changed = (["name", "code", "line"] as const).filter((key) => value[key] !== stored[key]);
  const identify = useMutation(
    trpc.systems.identify.mutationOptions({
      onSuccess: () =>
        notify({
          title: "Saved to the draft, not live",
          detail: "It shows everywhere with the next publish.",
          tone: "ok",
        }),
    }),
  );
  const save = (event: FormEvent) => {
    event.preventDefault();
    const changes = Object.fromEntries(changed.map((key) => [key, value[key]]));
    identify.mutate({ system: id, changes });
  };
  return (
    <Section
      title="Identity"
      note={data.isDraftChanged && <Badge tone="draft">Saved to draft, not live</Badge>}
    >
      <form onSubmit={save} className="flex flex-col gap-4">
        <IdentityFields
          value={value}
          onChange={(changes) => setValue((before) => ({ ...before, ...changes }))}
        />
        <p className="type-small text-ink-2">
          Short name <span className="type-value">{id}</span>, for files and the command line; it
          never changes.
        </p>
        {identify.error !== null && (
          <p role="alert" className="type-body text-fail">
            {problemOf(identify.error).message}
          </p>
        )}
        <div>
          <Button
            type="submit"
            busy={identify.isPending}
            disabledReason={changed.length === 0 ? "Nothing is changed." : undefined}
          >
            Save to the draft
          </Button>
        </div>
      </form>
    </Section>
  );
}
