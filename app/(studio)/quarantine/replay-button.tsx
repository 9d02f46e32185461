"use client";

import { useMutation } from "@tanstack/react-query";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { notify } from "../../../components/ui/toast.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import type { HeldDetail } from "./held-filter.ts";

/** Tries one item again by today's decision, and says what came of it. */
export function ReplayButton({ detail }: { detail: HeldDetail }) {
  const trpc = useTRPC();
  const replay = useMutation(
    trpc.quarantine.replay.mutationOptions({
      onSuccess: (outcome) => {
        if (outcome.kind !== "held") notify({ title: outcomeWords(outcome), tone: "ok" });
      },
    }),
  );
  const said = sentenceOf(replay);
  return (
    <div className="flex flex-col gap-1">
      <Button
        size="sm"
        icon="refresh"
        busy={replay.isPending}
        onClick={() => replay.mutate({ item: detail.id })}
      >
        Try again
      </Button>
      <span role="status" className="max-w-80 type-small text-fail empty:hidden">
        {said}
      </span>
    </div>
  );
}

type Outcome = Outputs["quarantine"]["replay"];

function outcomeWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case "released":
      return outcome.message ?? "It passed and is released.";
    case "due":
      return "It is sent again; the system decides.";
    case "held":
      return outcome.message;
    case "settled":
      return "It was settled already.";
  }
}

function sentenceOf(replay: { data: Outcome | undefined; error: unknown }): string {
  if (replay.error !== null) return problemOf(replay.error).message;
  return replay.data?.kind === "held" ? `Still: ${replay.data.message}` : "";
}
