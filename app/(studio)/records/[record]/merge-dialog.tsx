"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../../../components/problem-of.ts";
import { useTRPC, useTRPCClient } from "../../../../components/trpc-provider.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { Dialog } from "../../../../components/ui/dialog.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import { RecordChoice } from "../../../../components/values/record-choice.tsx";
import type { Inputs } from "../../../../server/api/root.ts";
import { MergePreview } from "./merge-preview.tsx";
import { entityOf, type RecordData } from "./record-data.ts";

type MergeDialogProps = {
  data: RecordData;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export type Chosen = Required<Pick<Inputs["records"]["merge"], "values" | "second">>;

const NOTHING: Chosen = { values: {}, second: {} };

/** Finds the other record, shows what merging changes in which system, and does it. */
export function MergeDialog({ data, open, onOpenChange }: MergeDialogProps) {
  const trpc = useTRPC();
  const [loser, setLoser] = useState<string | null>(null);
  const [chosen, setChosen] = useState(NOTHING);
  const act = { winner: data.id, loser: loser ?? data.id, ...chosen };
  const preview = useQuery({
    ...trpc.records.previewMerge.queryOptions(act),
    enabled: open && loser !== null,
    placeholderData: (before) => before,
  });
  const close = () => {
    onOpenChange(false);
    setLoser(null);
    setChosen(NOTHING);
  };
  const merge = useMerge(close);
  const isReady = loser !== null && preview.data?.kind === "merged" && !preview.isPlaceholderData;
  return (
    <Dialog
      title="Merge with another record"
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      size="lg"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="danger"
            busy={merge.isPending}
            disabled={!isReady}
            onClick={() => merge.mutate(act)}
          >
            Merge
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 type-body">
        <RecordChoice
          entity={data.entity}
          label={`The other ${entityOf(data)?.name ?? "record"}`}
          question="Which one is this record too?"
          without={data.id}
          value={loser}
          onChange={(next) => {
            setLoser(next);
            setChosen(NOTHING);
          }}
        />
        {loser !== null && <MergePreview {...{ data, preview, chosen }} onChange={setChosen} />}
        {merge.error !== null && (
          <p role="alert" className="text-fail">
            {problemOf(merge.error).message}
          </p>
        )}
      </div>
    </Dialog>
  );
}

/** Merging, with the way back where it is told. */
function useMerge(onDone: () => void) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const takeBack = async (record: string) => {
    try {
      await client.records.unmerge.mutate({ record });
    } catch (error) {
      notify({ title: "They stay one", detail: problemOf(error).message, tone: "fail" });
    }
  };
  return useMutation(
    trpc.records.merge.mutationOptions({
      onSuccess: (_, { loser }) => {
        onDone();
        notify({
          title: "The two records are one",
          tone: "ok",
          undo: { label: "Part them again", run: () => void takeBack(loser) },
        });
      },
    }),
  );
}
