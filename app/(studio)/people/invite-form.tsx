"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { CodeBlock } from "../../../components/ui/code-block.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Select } from "../../../components/ui/select.tsx";
import type { Role } from "../../../server/core/roles.ts";
import { ROLE_OPTIONS } from "./roles.ts";

const NOBODY = { name: "", email: "", role: "steward" as Role };

/** Makes a link for somebody. It is shown once, to be handed over: nothing is sent. */
export function InviteForm() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [person, setPerson] = useState(NOBODY);
  const set = (changes: Partial<typeof NOBODY>) => setPerson({ ...person, ...changes });
  const invite = useMutation(
    trpc.people.invite.mutationOptions({
      onSuccess: () => {
        setPerson(NOBODY);
        return client.invalidateQueries(trpc.people.list.queryFilter());
      },
    }),
  );
  const problem = invite.error === null ? null : problemOf(invite.error);
  const fields = problem?.fields ?? {};
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate(person);
      }}
    >
      <div className="grid gap-4 md:grid-cols-[1fr_1fr_12rem]">
        <Field label="Name" error={fields["name"]}>
          <Input required maxLength={120} value={person.name} onChange={(name) => set({ name })} />
        </Field>
        <Field label="E-mail" error={fields["email"]}>
          <Input type="email" required value={person.email} onChange={(email) => set({ email })} />
        </Field>
        <Field label="Role">
          <Select options={ROLE_OPTIONS} value={person.role} onChange={(role) => set({ role })} />
        </Field>
      </div>
      {problem !== null && Object.keys(fields).length === 0 && (
        <p role="alert" className="type-body text-fail">
          {problem.message}
        </p>
      )}
      <div>
        <Button type="submit" variant="primary" busy={invite.isPending}>
          Make a link
        </Button>
      </div>
      {invite.data && <Link name={invite.variables.name} path={invite.data.path} />}
    </form>
  );
}

function Link({ name, path }: { name: string; path: string }) {
  return (
    <div role="status" className="flex flex-col gap-1.5 type-body">
      <p>Give {name} this link. It works once, for a week, and is not shown again.</p>
      <CodeBlock label="Link" text={new URL(path, window.location.origin).href} />
    </div>
  );
}
