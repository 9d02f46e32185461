"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useMayNot } from "../../../components/session/use-may-not.ts";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";

/** It comes when somebody wants to roll back. */
const RollBackForm = dynamic(
  () => import("./roll-back-form.tsx").then((part) => part.RollBackForm),
  {
    loading: () => <SkeletonRows rows={4} label="Comparing" />,
  },
);

/** Brings the rules of an earlier version back, as a new version; shows first what that changes. */
export function RollBackDialog({ number }: { number: number }) {
  const [open, setOpen] = useState(false);
  const mayNot = useMayNot("editor");
  return (
    <>
      <Button icon="undo" disabledReason={mayNot} onClick={() => setOpen(true)}>
        Roll back to {number}
      </Button>
      <Dialog
        title={`Roll back to version ${number}`}
        description="Its rules are published again as a new version. Nothing is deleted: the versions in between stay, and values that were written stay as they are."
        size="lg"
        open={open}
        onOpenChange={setOpen}
      >
        {open && <RollBackForm number={number} onDone={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}
