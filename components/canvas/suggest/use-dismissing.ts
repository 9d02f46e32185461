"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../../problem-of.ts";
import { useTRPC } from "../../trpc-provider.tsx";
import { notify } from "../../ui/toast.tsx";
import type { Candidate } from "./candidates.ts";

type Pair = Pick<Candidate, "binding" | "column" | "field">;

/** Says that a pair does not belong together, or lets it be suggested again. */
export function useDismissing(): (pair: Pair, isDismissed: boolean) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate } = useMutation(
    trpc.maps.dismissSuggestions.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.maps.suggestions.queryFilter()),
      onError: (error) =>
        notify({ title: "This was not kept", detail: problemOf(error).message, tone: "warn" }),
    }),
  );
  return ({ binding, column, field }, dismissed) =>
    mutate({ pairs: [{ binding, column, field }], dismissed });
}
