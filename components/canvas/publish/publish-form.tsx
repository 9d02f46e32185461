"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ImpactPart } from "../../impact/impact-part.tsx";
import { seenOf, whyNotYet } from "../../impact/impact-words.ts";
import { ReasonPart } from "../../impact/reason-part.tsx";
import { usePreview } from "../../impact/use-preview.ts";
import { problemOf } from "../../problem-of.ts";
import { useTRPC } from "../../trpc-provider.tsx";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Field } from "../../ui/field.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { Textarea } from "../../ui/textarea.tsx";
import { MapDiffView } from "../diff/map-diff-view.tsx";
import { useEditor } from "../editor-context.ts";
import { ProblemList } from "../inspector/problems-tab.tsx";
import { useWentLive } from "./use-went-live.ts";

type PublishFormProps = { next: number; onDone: () => void };

/** What is wrong, what changes, what that does to the records, and why. */
export function PublishForm({ next, onDone }: PublishFormProps) {
  const { problems, draft, live, readOnly } = useEditor();
  const [note, setNote] = useState("");
  const [acknowledged, setAcknowledged] = useState(false);
  const [reason, setReason] = useState("");
  const publish = usePublish(onDone);
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity === "warning");
  const isSeen = acknowledged || warnings.length === 0;
  const hasErrors = errors.length > 0;
  const isSaved = draft.waiting === 0;
  const preview = usePreview({
    of: "draft",
    stamp: `${draft.server.revision} on ${live?.number ?? 0}`,
    isReady: isSaved && !hasErrors && readOnly === null,
  });
  const not =
    readOnly ?? notYet({ isSaved, hasErrors, isSeen }) ?? whyNotYet(preview.state, reason);
  return (
    <form
      className="-m-4 flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (not !== undefined) return;
        publish.mutate({
          ...{ revision: draft.server.revision, note },
          acknowledged: warnings.map(({ key }) => key),
          seen: seenOf(preview.state, reason),
        });
      }}
    >
      {publish.message !== null && <Banner tone="fail" title={publish.message} />}
      {hasErrors && (
        <section aria-label="Errors" className="border-rule border-b">
          <Banner tone="fail" title={errors.length === 1 ? "1 error" : `${errors.length} errors`}>
            Nothing can be published while they are there.
          </Banner>
          <ProblemList problems={errors} />
        </section>
      )}
      {warnings.length > 0 && (
        <section aria-label="Warnings" className="border-rule border-b">
          <Banner
            tone="warn"
            title={warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`}
          >
            They do not stand in the way, once you have seen them.
          </Banner>
          <ProblemList problems={warnings} />
          <div className="px-4 py-3">
            <Checkbox
              label="I have seen the warnings"
              checked={acknowledged}
              onChange={setAcknowledged}
            />
          </div>
        </section>
      )}
      <Changes />
      <ImpactPart
        preview={preview}
        idle={
          hasErrors
            ? "A map with errors does nothing: mend them first."
            : "The last change is still being saved."
        }
      />
      <ReasonPart {...{ state: preview.state, reason }} onChange={setReason} />
      <div className="flex flex-col gap-4 border-rule border-t p-4">
        <Field label="Note" hint="Stands beside the version for everybody." optional>
          <Textarea value={note} onChange={setNote} placeholder="The shop may fill blank prices" />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onDone}>Not yet</Button>
          <Button
            type="submit"
            variant="primary"
            icon="check"
            busy={publish.isPending}
            disabledReason={not}
          >
            Publish version {next}
          </Button>
        </div>
      </div>
    </form>
  );
}

type Readiness = { isSaved: boolean; hasErrors: boolean; isSeen: boolean };

function notYet({ isSaved, hasErrors, isSeen }: Readiness): string | undefined {
  if (!isSaved) return "The last change is still being saved";
  if (hasErrors) return "Errors keep it from being published";
  return isSeen ? undefined : "Say that you have seen the warnings";
}

/** The draft against what is live. */
function Changes() {
  const trpc = useTRPC();
  const { draft } = useEditor();
  const { data, error } = useQuery({
    ...trpc.maps.diff.queryOptions({ from: "live", to: "draft", context: false }),
    // Whoever publishes reads what is there now.
    staleTime: 0,
  });
  const title = data === undefined ? "What changes" : `What changes: ${countWords(data.changed)}`;
  return (
    <section aria-label="What changes" data-revision={draft.server.revision}>
      <h2 className="border-rule border-b px-4 py-2 type-label">{title}</h2>
      {data === undefined && error === null && <SkeletonRows rows={4} label="Comparing" />}
      {error !== null && <p className="px-4 py-3 type-body">{problemOf(error).message}</p>}
      {data !== undefined && (
        <MapDiffView diff={data} empty="The draft says what is live already." />
      )}
    </section>
  );
}

function countWords(count: number): string {
  return count === 1 ? "1 rule" : `${count} rules`;
}

function usePublish(onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const goLive = useWentLive(onDone);
  const [message, setMessage] = useState<string | null>(null);
  const mutation = useMutation(
    trpc.maps.publish.mutationOptions({
      onError: (error) => setMessage(problemOf(error).message),
      onSuccess: (outcome) => {
        void queryClient.invalidateQueries(trpc.maps.pathFilter());
        switch (outcome.kind) {
          case "published":
            goLive(outcome.version);
            break;
          case "moved":
            setMessage(outcome.message);
            break;
          case "problems":
            setMessage("Something else is wrong now. Read the list again; nothing was published.");
            break;
          case "unchanged":
            setMessage(`Version ${outcome.version} says the same already. Nothing was published.`);
            break;
          default:
            setMessage("This draft is gone. Nothing was published.");
        }
      },
    }),
  );
  return { message, isPending: mutation.isPending, mutate: mutation.mutate };
}
