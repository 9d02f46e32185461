"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "../../../../components/ui/button.tsx";
import type { RecordData } from "./record-data.ts";

// Its search and preview are not needed to see a record.
const MergeDialog = dynamic(() => import("./merge-dialog.tsx").then((part) => part.MergeDialog));

/** The way to say that another record is this one too. */
export function MergeButton({ data }: { data: RecordData }) {
  const [isOpen, setOpen] = useState(false);
  if (data.deletedAt !== null) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Merge …</Button>
      {isOpen && <MergeDialog data={data} open onOpenChange={setOpen} />}
    </>
  );
}
