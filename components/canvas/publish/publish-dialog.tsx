"use client";

import dynamic from "next/dynamic";
import { Dialog } from "../../ui/dialog.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { useEditor } from "../editor-context.ts";

/** It comes when somebody wants to publish. */
const PublishForm = dynamic(() => import("./publish-form.tsx").then((part) => part.PublishForm), {
  loading: () => <SkeletonRows rows={4} label="Comparing" />,
});

type PublishDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Reading what a publish changes, and doing it: what is wrong, what changes, why. */
export function PublishDialog({ open, onOpenChange }: PublishDialogProps) {
  const { live } = useEditor();
  const next = (live?.number ?? 0) + 1;
  return (
    <Dialog
      title={`Publish version ${next}`}
      description={
        live === null
          ? "It is the first: from then on the systems are read, matched and kept in agreement."
          : `It takes the place of version ${live.number}, which stays in the list of versions.`
      }
      size="lg"
      {...{ open, onOpenChange }}
    >
      {open && <PublishForm next={next} onDone={() => onOpenChange(false)} />}
    </Dialog>
  );
}
