"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { problemOf } from "../../problem-of.ts";
import { useTRPC } from "../../trpc-provider.tsx";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { Textarea } from "../../ui/textarea.tsx";
import { notify } from "../../ui/toast.tsx";
import { MapDiffView } from "../diff/map-diff-view.tsx";
import { useEditor } from "../editor-context.ts";
import { ProblemList } from "../inspector/problems-tab.tsx";

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

function PublishForm({ next, onDone }: { next: number; onDone: () => void }) {
  const { problems, draft, readOnly } = useEditor();
  const [note, setNote] = useState("");
  const [acknowledged, setAcknowledged] = useState(false);
  const publish = usePublish(onDone);
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity === "warning");
  const isSeen = acknowledged || warnings.length === 0;
  const reason =
    readOnly ??
    (draft.waiting > 0 ? "The last change is still being saved" : undefined) ??
    (errors.length > 0 ? "Errors keep it from being published" : undefined) ??
    (isSeen ? undefined : "Say that you have seen the warnings");
  return (
    <form
      className="-m-4 flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason !== undefined) return;
        const seen = warnings.map(({ key }) => key);
        publish.mutate({ revision: draft.server.revision, note, acknowledged: seen });
      }}
    >
      {publish.message !== null && <Banner tone="fail" title={publish.message} />}
      {errors.length > 0 && (
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
      <div className="flex flex-col gap-4 border-rule border-t p-4">
        <Field label="Why" hint="Stands beside the version for everybody." optional>
          <Textarea value={note} onChange={setNote} placeholder="The shop may fill blank prices" />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onDone}>Not yet</Button>
          <Button
            type="submit"
            variant="primary"
            icon="check"
            busy={publish.isPending}
            disabledReason={reason}
          >
            Publish version {next}
          </Button>
        </div>
      </div>
    </form>
  );
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
  const router = useRouter();
  const [message, setMessage] = useState<string | null>(null);
  const mutation = useMutation(
    trpc.maps.publish.mutationOptions({
      onError: (error) => setMessage(problemOf(error).message),
      onSuccess: (outcome) => {
        void queryClient.invalidateQueries(trpc.maps.pathFilter());
        switch (outcome.kind) {
          case "published": {
            const { version } = outcome;
            notify({ title: `Version ${version} is live`, tone: "ok" });
            onDone();
            router.push(`/versions?from=${version - 1}&to=${version}`);
            break;
          }
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
