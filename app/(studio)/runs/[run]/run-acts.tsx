"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "../../../../components/problem-of.ts";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import type { RunData } from "./run-page.tsx";

/** What a person can do about a run. */
export function RunActs({ data }: { data: RunData }) {
  if (data.kind === "replay" && data.state === "running") return <StopReplay run={data.id} />;
  return data.binding !== null && data.entity !== null && <Repeat binding={data.binding} />;
}

/** Between two items; what was tried stays tried. */
function StopReplay({ run }: { run: string }) {
  const trpc = useTRPC();
  const stop = useMutation(
    trpc.quarantine.stopReplay.mutationOptions({
      onSuccess: () =>
        notify({ title: "The replay is stopped", detail: "The rest is still held.", tone: "ok" }),
      onError: (error) =>
        notify({ title: "It goes on.", detail: problemOf(error).message, tone: "fail" }),
    }),
  );
  return (
    <Button icon="pause" busy={stop.isPending} onClick={() => stop.mutate({ run })}>
      Stop
    </Button>
  );
}

function Repeat({ binding }: { binding: string }) {
  const trpc = useTRPC();
  const repeat = useMutation(
    trpc.runs.repeat.mutationOptions({
      onSuccess: ({ object }) =>
        notify({
          title: `${object} is read whole again`,
          detail: "It begins as soon as an engine comes to it.",
          tone: "ok",
        }),
      onError: (error) =>
        notify({ title: "It is not read again.", detail: problemOf(error).message, tone: "fail" }),
    }),
  );
  return (
    <Button icon="refresh" busy={repeat.isPending} onClick={() => repeat.mutate({ binding })}>
      Read whole again
    </Button>
  );
}
