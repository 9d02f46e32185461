"use client";

import { useState } from "react";
import { UserMenu } from "../shell/user-menu.tsx";
import { notify } from "../ui/toast.tsx";
import { AccountDialog } from "./account-dialog.tsx";
import { signOut } from "./sign-in-calls.ts";

type PersonMenuProps = { person: { name: string; email: string; role: string } };

/** Who is signed in, their account, and the way out. */
export function PersonMenu({ person }: PersonMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const leave = async () => {
    const problem = await signOut();
    if (problem === null) window.location.assign("/sign-in");
    else notify({ title: "You are still signed in.", detail: problem.message, tone: "fail" });
  };
  return (
    <>
      <UserMenu
        name={person.name}
        note={`${person.email}, ${person.role}`}
        entries={[
          { label: "Account", icon: "person", onSelect: () => setOpen(true) },
          { label: "Sign out", onSelect: () => void leave() },
        ]}
      />
      <AccountDialog name={person.name} open={isOpen} onOpenChange={setOpen} />
    </>
  );
}
