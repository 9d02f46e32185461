"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../problem-of.ts";
import { useTRPC } from "../../trpc-provider.tsx";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { notify } from "../../ui/toast.tsx";
import { useEditor } from "../editor-context.ts";

type Collision = { readonly label: string; readonly author: string; readonly message: string };

/** Somebody published since the draft began: it has to be brought onto what is live now. */
export function BehindBanner({ discard }: { discard: () => void }) {
  const { live, draft, readOnly } = useEditor();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [collisions, setCollisions] = useState<readonly Collision[]>([]);
  const rebase = useMutation(
    trpc.maps.rebase.mutationOptions({
      onError: (error) => notify({ title: problemOf(error).message, tone: "fail" }),
      onSuccess: (outcome) => {
        void queryClient.invalidateQueries(trpc.maps.draft.queryFilter());
        if (outcome.kind === "collides") return setCollisions(outcome.collisions);
        const left = outcome.dropped.length;
        setCollisions([]);
        notify({
          title: `The draft stands on version ${live?.number ?? 0} now`,
          ...(left === 0 ? {} : { detail: `${left} of its changes were left out.` }),
          tone: "ok",
        });
      },
    }),
  );
  if (live === null || draft.server.base >= live.number) return null;
  const meets = collisions.length > 0;
  const why = readOnly ?? undefined;
  return (
    <Banner
      tone="warn"
      title={`Version ${live.number} was published since this draft began.`}
      actions={
        <>
          <Button size="sm" disabledReason={why} onClick={discard}>
            Discard the draft
          </Button>
          <Button
            size="sm"
            disabledReason={why}
            busy={rebase.isPending}
            onClick={() => rebase.mutate({ drop: meets })}
          >
            {meets ? `Leave these out and go on` : `Bring it onto version ${live.number}`}
          </Button>
        </>
      }
    >
      {meets ? (
        <ul>
          {collisions.map(({ label, author, message }) => (
            <li key={`${label} ${message}`}>
              “{label}” by {author}: {message}
            </li>
          ))}
        </ul>
      ) : (
        "Until the draft is brought onto it, it cannot be published. Nothing is overwritten."
      )}
    </Banner>
  );
}
