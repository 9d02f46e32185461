"use client";

import { UserMenu } from "../shell/user-menu.tsx";
import { notify } from "../ui/toast.tsx";
import { signOut } from "./sign-in-calls.ts";

type PersonMenuProps = { person: { name: string; email: string; role: string } };

/** Who is signed in, and the way out. */
export function PersonMenu({ person }: PersonMenuProps) {
  const leave = async () => {
    const problem = await signOut();
    if (problem === null) window.location.assign("/sign-in");
    else notify({ title: "You are still signed in.", detail: problem.message, tone: "fail" });
  };
  return (
    <UserMenu
      name={person.name}
      note={`${person.email}, ${person.role}`}
      entries={[{ label: "Sign out", onSelect: () => void leave() }]}
    />
  );
}
