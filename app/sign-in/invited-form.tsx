"use client";

import { useState } from "react";
import { acceptInvitation } from "../../components/session/sign-in-calls.ts";
import { Button } from "../../components/ui/button.tsx";
import { Field } from "../../components/ui/field.tsx";
import { Input } from "../../components/ui/input.tsx";
import { Panel } from "./panel.tsx";
import { Refusal } from "./refusal.tsx";
import { useSignIn } from "./use-sign-in.ts";

const PASSWORD_LENGTH_MIN = 10;

type InvitedFormProps = { token: string; invited: { name: string; email: string; role: string } };

/** Who was invited chooses a password; the rest was said by whoever invited them. */
export function InvitedForm({ token, invited }: InvitedFormProps) {
  const [password, setPassword] = useState("");
  const { busy, problem, submit } = useSignIn("/", () => acceptInvitation({ token, password }));
  const wrongPassword = problem?.code === "PASSWORD_LENGTH" ? problem.message : undefined;
  return (
    <Panel
      title={`Welcome, ${invited.name}`}
      lede={`You were invited to Fieldline as ${invited.role}. Choose a password: with it and ${invited.email} you come in again.`}
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <input type="hidden" name="email" autoComplete="username" value={invited.email} readOnly />
        <Field
          label="Password"
          hint={`At least ${PASSWORD_LENGTH_MIN} characters. It can be changed later.`}
          error={wrongPassword}
        >
          <Input
            type="password"
            name="password"
            autoComplete="new-password"
            required
            autoFocus
            minLength={PASSWORD_LENGTH_MIN}
            value={password}
            onChange={setPassword}
          />
        </Field>
        {problem !== null && wrongPassword === undefined && <Refusal message={problem.message} />}
        <Button type="submit" variant="primary" busy={busy}>
          Come in
        </Button>
      </form>
    </Panel>
  );
}
