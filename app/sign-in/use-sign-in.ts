"use client";

import { type FormEvent, useState } from "react";
import type { SignInProblem } from "../../components/session/sign-in-calls.ts";

/**
 * A form that signs in: sends once at a time, keeps what was typed when it is refused, and goes
 * to `goTo` when it is let in.
 */
export function useSignIn(goTo: string, send: () => Promise<SignInProblem | null>) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    const refused = await send();
    setProblem(refused);
    // A whole new page: nothing of the time before signing in stays in memory.
    if (refused === null) window.location.replace(goTo);
    else setBusy(false);
  };
  return { busy, problem, submit };
}
