"use client";

import { type ReactNode, useState } from "react";
import { signIn } from "../../components/session/sign-in-calls.ts";
import { Button } from "../../components/ui/button.tsx";
import { Field } from "../../components/ui/field.tsx";
import { Input } from "../../components/ui/input.tsx";
import { Panel } from "./panel.tsx";
import { Refusal } from "./refusal.tsx";
import { useSignIn } from "./use-sign-in.ts";

type SignInFormProps = { goTo: string; note?: ReactNode };

/** E-mail and password. Pasting works, and so do password managers. */
export function SignInForm({ goTo, note }: SignInFormProps) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, problem, submit } = useSignIn(goTo, () => signIn({ email, password }));
  return (
    <Panel title="Sign in" lede={note}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="E-mail">
          <Input
            type="email"
            name="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={setEmail}
          />
        </Field>
        <Field label="Password">
          <Input
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={setPassword}
          />
        </Field>
        {problem !== null && <Refusal message={problem.message} />}
        <Button type="submit" variant="primary" busy={busy}>
          Sign in
        </Button>
      </form>
    </Panel>
  );
}
