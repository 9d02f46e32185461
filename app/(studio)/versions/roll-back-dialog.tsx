"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { MapDiffView } from "../../../components/canvas/diff/map-diff-view.tsx";
import { problemOf } from "../../../components/problem-of.ts";
import { useMayNot } from "../../../components/session/use-may-not.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Banner } from "../../../components/ui/banner.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Lamp } from "../../../components/ui/lamp.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";
import { notify } from "../../../components/ui/toast.tsx";

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

function RollBackForm({ number, onDone }: { number: number; onDone: () => void }) {
  const trpc = useTRPC();
  const [note, setNote] = useState("");
  const rollBack = useRollBack(onDone);
  const diff = useQuery(
    trpc.maps.diff.queryOptions({ from: "live", to: number, context: false }, { staleTime: 0 }),
  );
  const warnings = rollBack.problems.filter(({ severity }) => severity === "warning");
  const errors = rollBack.problems.length - warnings.length;
  return (
    <form
      className="-m-4 flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        rollBack.mutate({ number, note, acknowledged: warnings.map(({ key }) => key) });
      }}
    >
      {rollBack.message !== null && <Banner tone="fail" title={rollBack.message} />}
      {rollBack.problems.length > 0 && (
        <ul className="border-rule border-b">
          {rollBack.problems.map(({ key, severity, message }) => (
            <li key={key} className="flex gap-2 px-4 py-2 type-body">
              <Lamp state={severity === "error" ? "failed" : "warning"} className="mt-0.5" />
              {message}
            </li>
          ))}
        </ul>
      )}
      {diff.data === undefined ? (
        <SkeletonRows rows={4} label="Comparing" />
      ) : (
        <MapDiffView diff={diff.data} empty="It says what is live already." />
      )}
      <div className="flex flex-col gap-4 border-rule border-t p-4">
        <Field label="Why" optional>
          <Textarea value={note} onChange={setNote} placeholder={`Back to version ${number}`} />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onDone}>Not yet</Button>
          <Button
            type="submit"
            variant="primary"
            icon="undo"
            busy={rollBack.isPending}
            disabledReason={
              (errors > 0 ? "Errors keep it from being published" : undefined) ??
              (diff.data?.changed === 0 ? "It says what is live already" : undefined)
            }
          >
            {warnings.length > 0 ? "I have seen them: roll back" : `Roll back to version ${number}`}
          </Button>
        </div>
      </div>
    </form>
  );
}

function useRollBack(onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [message, setMessage] = useState<string | null>(null);
  const mutation = useMutation(
    trpc.maps.rollBack.mutationOptions({
      onError: (error) => setMessage(problemOf(error).message),
      onSuccess: (outcome) => {
        void queryClient.invalidateQueries(trpc.maps.pathFilter());
        if (outcome.kind === "published") {
          const { version } = outcome;
          notify({ title: `Version ${version} is live`, tone: "ok" });
          onDone();
          router.push(`/versions?from=${version - 1}&to=${version}`);
        } else if (outcome.kind === "problems") {
          setMessage("This version does not fit the systems as they are now.");
        } else if (outcome.kind === "unchanged") {
          setMessage("It says what is live already. Nothing was published.");
        } else setMessage("It was not published. Look at the list of versions again.");
      },
    }),
  );
  const { data } = mutation;
  return {
    ...{ message, isPending: mutation.isPending, mutate: mutation.mutate },
    problems: data?.kind === "problems" ? data.problems : [],
  };
}
