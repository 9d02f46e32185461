"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { MapDiffView } from "../../../components/canvas/diff/map-diff-view.tsx";
import { useWentLive } from "../../../components/canvas/publish/use-went-live.ts";
import { ImpactPart } from "../../../components/impact/impact-part.tsx";
import { seenOf, whyNotYet } from "../../../components/impact/impact-words.ts";
import { ReasonPart } from "../../../components/impact/reason-part.tsx";
import { usePreview } from "../../../components/impact/use-preview.ts";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Banner } from "../../../components/ui/banner.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Lamp } from "../../../components/ui/lamp.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { Textarea } from "../../../components/ui/textarea.tsx";

type RollBackFormProps = { number: number; onDone: () => void };

/** What rolling back changes, what that does to the records, and why. */
export function RollBackForm({ number, onDone }: RollBackFormProps) {
  const trpc = useTRPC();
  const [note, setNote] = useState("");
  const [reason, setReason] = useState("");
  const rollBack = useRollBack(onDone);
  const diff = useQuery(
    trpc.maps.diff.queryOptions({ from: "live", to: number, context: false }, { staleTime: 0 }),
  );
  const isOther = diff.data !== undefined && diff.data.changed > 0;
  const preview = usePreview({
    of: number,
    stamp: `on ${diff.data?.from ?? 0}`,
    isReady: isOther,
  });
  const warnings = rollBack.problems.filter(({ severity }) => severity === "warning");
  const errors = rollBack.problems.length - warnings.length;
  const not =
    (errors > 0 ? "Errors keep it from being published" : undefined) ??
    (diff.data?.changed === 0 ? "It says what is live already" : undefined) ??
    whyNotYet(preview.state, reason);
  return (
    <form
      className="-m-4 flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (not !== undefined) return;
        rollBack.mutate({
          ...{ number, note, acknowledged: warnings.map(({ key }) => key) },
          seen: seenOf(preview.state, reason),
        });
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
      <ImpactPart preview={preview} idle="It says what is live already." />
      <ReasonPart {...{ state: preview.state, reason }} onChange={setReason} />
      <div className="flex flex-col gap-4 border-rule border-t p-4">
        <Field label="Note" optional>
          <Textarea value={note} onChange={setNote} placeholder={`Back to version ${number}`} />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onDone}>Not yet</Button>
          <Button
            type="submit"
            variant="primary"
            icon="undo"
            busy={rollBack.isPending}
            disabledReason={not}
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
  const goLive = useWentLive(onDone);
  const [message, setMessage] = useState<string | null>(null);
  const mutation = useMutation(
    trpc.maps.rollBack.mutationOptions({
      onError: (error) => setMessage(problemOf(error).message),
      onSuccess: (outcome) => {
        void queryClient.invalidateQueries(trpc.maps.pathFilter());
        if (outcome.kind === "published") goLive(outcome.version);
        else if (outcome.kind === "problems") {
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
