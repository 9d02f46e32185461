"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { notify } from "../ui/toast.tsx";
import { changeName, changePassword, type SignInProblem } from "./sign-in-calls.ts";

type AccountDialogProps = {
  name: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** A person's own name and password. */
export function AccountDialog({ name, open, onOpenChange }: AccountDialogProps) {
  return (
    <Dialog title="Account" size="sm" open={open} onOpenChange={onOpenChange}>
      {open && (
        <div className="flex flex-col gap-8">
          <NameForm name={name} />
          <PasswordForm />
        </div>
      )}
    </Dialog>
  );
}

function NameForm({ name }: { name: string }) {
  const router = useRouter();
  const [value, setValue] = useState(name);
  const save = async () => {
    const problem = await changeName(value.trim());
    if (problem === null) router.refresh();
    return problem;
  };
  return (
    <SmallForm action="Save the name" done="Your name is saved" send={save}>
      <Field label="Name" hint="It stands beside what you decide.">
        <Input autoComplete="name" required maxLength={120} value={value} onChange={setValue} />
      </Field>
    </SmallForm>
  );
}

const PASSWORD_LENGTH_MIN = 10;

function PasswordForm() {
  const [present, setPresent] = useState("");
  const [next, setNext] = useState("");
  const save = async () => {
    const problem = await changePassword({ currentPassword: present, newPassword: next });
    if (problem === null) {
      setPresent("");
      setNext("");
    }
    return problem;
  };
  return (
    <SmallForm action="Change the password" done="Your password is changed" send={save}>
      <Field label="Present password">
        <Input
          type="password"
          autoComplete="current-password"
          required
          value={present}
          onChange={setPresent}
        />
      </Field>
      <Field
        label="New password"
        hint={`At least ${PASSWORD_LENGTH_MIN} characters. Every other browser is signed out.`}
      >
        <Input
          type="password"
          autoComplete="new-password"
          required
          minLength={PASSWORD_LENGTH_MIN}
          value={next}
          onChange={setNext}
        />
      </Field>
    </SmallForm>
  );
}

type SmallFormProps = {
  action: string;
  done: string;
  send: () => Promise<SignInProblem | null>;
  children: ReactNode;
};

/** Sends once at a time and says what came of it. */
function SmallForm({ action, done, send, children }: SmallFormProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const refused = await send();
    setBusy(false);
    setProblem(refused);
    if (refused === null) notify({ title: done, tone: "ok" });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      {children}
      {problem !== null && (
        <p role="alert" className="type-body text-fail">
          {problem.message}
        </p>
      )}
      <div>
        <Button type="submit" busy={busy}>
          {action}
        </Button>
      </div>
    </form>
  );
}
