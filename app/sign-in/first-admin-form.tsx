"use client";

import { useState } from "react";
import { acceptFirstLink } from "../../components/session/sign-in-calls.ts";
import { Button } from "../../components/ui/button.tsx";
import { Field } from "../../components/ui/field.tsx";
import { Input } from "../../components/ui/input.tsx";
import { Panel } from "./panel.tsx";
import { Refusal } from "./refusal.tsx";
import { useSignIn } from "./use-sign-in.ts";

const PASSWORD_LENGTH_MIN = 10;

/** The first visit: who holds the printed link becomes the first admin. */
export function FirstAdminForm({ token }: { token: string }) {
  const [person, setPerson] = useState({ name: "", email: "", password: "" });
  const set = (name: keyof typeof person) => (value: string) =>
    setPerson((before) => ({ ...before, [name]: value }));
  const { busy, problem, submit } = useSignIn("/", () => acceptFirstLink({ token, ...person }));
  const wrongPassword = problem?.code === "PASSWORD_LENGTH" ? problem.message : undefined;
  return (
    <Panel
      title="Welcome to Fieldline"
      lede="You are its first admin. Say who you are: your name stands beside what you decide, your e-mail and password let you in again. Nothing leaves this machine."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Name">
          <Input
            name="name"
            autoComplete="name"
            required
            maxLength={120}
            autoFocus
            value={person.name}
            onChange={set("name")}
          />
        </Field>
        <Field label="E-mail">
          <Input
            type="email"
            name="email"
            autoComplete="username"
            required
            value={person.email}
            onChange={set("email")}
          />
        </Field>
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
            minLength={PASSWORD_LENGTH_MIN}
            value={person.password}
            onChange={set("password")}
          />
        </Field>
        {problem !== null && wrongPassword === undefined && <Refusal message={problem.message} />}
        <Button type="submit" variant="primary" busy={busy}>
          Start
        </Button>
      </form>
    </Panel>
  );
}
