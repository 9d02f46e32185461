"use client";

import { useState } from "react";
import { Button } from "../../../../components/ui/button.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import type { RecordData } from "./record-data.ts";

/** The way to say that another record is this one too. */
export function MergeButton({ data }: { data: RecordData }) {
  const [isOpen, setOpen] = useState(false);
  if (data.deletedAt !== null) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Merge …</Button>
      <MergeDialog data={data} open={isOpen} onOpenChange={setOpen} />
    </>
  );
}
