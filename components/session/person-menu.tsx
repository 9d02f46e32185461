"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { UserMenu } from "../shell/user-menu.tsx";
import { notify } from "../ui/toast.tsx";
import { signOut } from "./sign-in-calls.ts";

const AccountDialog = dynamic(() =>
  import("./account-dialog.tsx").then((part) => part.AccountDialog),
);

const PEOPLE = { label: "People", icon: "person", href: "/people" } as const;

type PersonMenuProps = { person: { name: string; email: string; role: string } };

/** Who is signed in, their account, and the way out. */
export function PersonMenu({ person }: PersonMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const openAccount = () => {
    setWasOpened(true);
    setOpen(true);
  };
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
          { label: "Account", icon: "person", onSelect: openAccount },
          ...(person.role === "admin" ? [PEOPLE] : []),
          { label: "Sign out", onSelect: () => void leave() },
        ]}
      />
      {wasOpened && <AccountDialog name={person.name} open={isOpen} onOpenChange={setOpen} />}
    </>
  );
}
