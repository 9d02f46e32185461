"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { problemOf } from "../../../../components/problem-of.ts";
import { useTRPC, useTRPCClient } from "../../../../components/trpc-provider.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { Dialog } from "../../../../components/ui/dialog.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import type { RecordData, RecordRow } from "./record-data.ts";

type UnlinkDialogProps = {
  data: RecordData;
  row: RecordRow;
  /** The system's name. */
  name: string;
  externalId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Says what parting means before it is done; it can be undone by linking again. */
export function UnlinkDialog(props: UnlinkDialogProps) {
  const { data, row, name, externalId, open, onOpenChange } = props;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const { binding } = row;
  const relink = async () => {
    try {
      await client.records.link.mutate({ binding, externalId, record: data.id });
    } catch (error) {
      notify({ title: "It stays parted", detail: problemOf(error).message, tone: "fail" });
    }
  };
  const unlink = useMutation(
    trpc.records.unlink.mutationOptions({
      onSuccess: ({ record }) => {
        onOpenChange(false);
        notify({
          title: `${name} ${externalId} is parted from this record`,
          detail: record === null ? undefined : "It is a record of its own now.",
          tone: "ok",
          undo: { label: "Link again", run: () => void relink() },
        });
        if (record !== null) router.prefetch(`/records/${record}`);
      },
    }),
  );
  return (
    <Dialog
      title={`Unlink ${name} ${externalId}`}
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant="danger"
            busy={unlink.isPending}
            onClick={() => unlink.mutate({ binding, externalId })}
          >
            Unlink
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-2 type-body">
        <p>
          This record keeps its other rows. {name}’s row becomes a record of its own, and the two
          never join again by a rule.
        </p>
        <p className="text-ink-2">
          Where the map makes rows in other systems for every record, the new one gets its own
          there.
        </p>
        {unlink.error !== null && (
          <p role="alert" className="text-fail">
            {problemOf(unlink.error).message}
          </p>
        )}
      </div>
    </Dialog>
  );
}
