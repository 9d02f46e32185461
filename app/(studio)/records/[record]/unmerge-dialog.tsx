"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { problemOf } from "../../../../components/problem-of.ts";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { Dialog } from "../../../../components/ui/dialog.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import { PlannedWrites } from "./planned-writes.tsx";
import type { RecordData } from "./record-data.ts";

type UnmergeDialogProps = {
  data: RecordData;
  /** The record that was merged into another one. */
  record: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Says what parting two merged records means before it is done. */
export function UnmergeDialog({ data, record, open, onOpenChange }: UnmergeDialogProps) {
  const trpc = useTRPC();
  const preview = useQuery({
    ...trpc.records.previewUnmerge.queryOptions({ record }),
    enabled: open,
  });
  const unmerge = useMutation(
    trpc.records.unmerge.mutationOptions({
      onSuccess: () => {
        onOpenChange(false);
        notify({ title: "They are two records again", tone: "ok" });
      },
    }),
  );
  return (
    <Dialog
      title="Part the two records again"
      open={open}
      onOpenChange={onOpenChange}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant="danger"
            busy={unmerge.isPending}
            disabled={preview.data?.kind !== "unmerged"}
            onClick={() => unmerge.mutate({ record })}
          >
            Part them
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 type-body">
        <p>
          Both get back the rows and values that they had. What was changed since by a row that goes
          back goes back with it; any other change stays with the record that has it now.
        </p>
        {preview.data !== undefined && <Told data={data} told={preview.data} />}
        {unmerge.error !== null && (
          <p role="alert" className="text-fail">
            {problemOf(unmerge.error).message}
          </p>
        )}
      </div>
    </Dialog>
  );
}

type Told = Outputs["records"]["previewUnmerge"];

const WAITS: Readonly<Record<Exclude<Told["kind"], "unmerged">, string>> = {
  "not-merged": "They are two records already.",
  "merged-again": "The other was merged into a third one since. Part those two first.",
  busy: "A row of it is being deleted. Try again in a moment.",
};

function Told({ data, told }: { data: RecordData; told: Told }) {
  if (told.kind !== "unmerged") return <p className="text-fail">{WAITS[told.kind]}</p>;
  return <PlannedWrites data={data} writes={told.writes} />;
}
