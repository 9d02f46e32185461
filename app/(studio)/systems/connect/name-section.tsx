"use client";

import { type FormEvent, useState } from "react";
import type { ProblemText } from "../../../../components/problem-of.ts";
import { Section } from "../../../../components/shell/section.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { Field } from "../../../../components/ui/field.tsx";
import { Input } from "../../../../components/ui/input.tsx";
import { type Identity, IdentityFields } from "../identity-fields.tsx";
import { codeOf, type FullIdentity, idOf, lineOf } from "./suggest-identity.ts";

type NameSectionProps = {
  others: readonly FullIdentity[];
  known: FullIdentity | undefined;
  busy: boolean;
  problem: ProblemText | null;
  onConnect: (identity: FullIdentity) => void;
};

/** What the system is called: typed once, the rest is suggested from it. */
export function NameSection({ others, known, busy, problem, onConnect }: NameSectionProps) {
  const [identity, setIdentity] = useState<FullIdentity>(
    () => known ?? { id: "", name: "", code: "", line: lineOf(others.map(({ line }) => line)) },
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const change = (changes: Partial<FullIdentity>) => {
    const touched = new Set([...chosen, ...Object.keys(changes)]);
    setChosen(touched);
    setIdentity((before) => suggest({ ...before, ...changes }, touched, others));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onConnect(identity);
  };
  return (
    <Section title="What it is called">
      <form onSubmit={submit} className="flex flex-col gap-4">
        {known === undefined && (
          <>
            <IdentityFields
              value={identity}
              onChange={(changes: Partial<Identity>) => change(changes)}
            />
            <Field
              label="Short name"
              hint="For files and the command line. It never changes."
              error={problem?.fields["identity.id"]}
              className="max-w-64"
            >
              <Input
                mono
                value={identity.id}
                required
                pattern="[a-z][a-z0-9\-]{0,59}"
                title="Lower-case letters, digits and hyphens, a letter first"
                onChange={(id) => change({ id: id.toLowerCase() })}
              />
            </Field>
          </>
        )}
        {problem !== null && problem.fields["identity.id"] === undefined && (
          <p role="alert" className="type-body text-fail">
            {problem.message}
          </p>
        )}
        <div>
          <Button type="submit" variant="primary" busy={busy}>
            Connect {identity.name === "" ? "it" : identity.name}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** What the person has not chosen follows the name. */
function suggest(
  identity: FullIdentity,
  chosen: ReadonlySet<string>,
  others: readonly FullIdentity[],
): FullIdentity {
  return {
    ...identity,
    id: chosen.has("id") ? identity.id : idOf(identity.name),
    code: chosen.has("code")
      ? identity.code
      : codeOf(
          identity.name,
          others.map(({ code }) => code),
        ),
  };
}
