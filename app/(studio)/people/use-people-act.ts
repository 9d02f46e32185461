"use client";

import { useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { notify } from "../../../components/ui/toast.tsx";

/** What follows an act on people: the list is asked again, and what came of it is said. */
export function usePeopleAct(done: string, failed: string) {
  const trpc = useTRPC();
  const client = useQueryClient();
  return {
    onSuccess: async () => {
      notify({ title: done, tone: "ok" });
      await client.invalidateQueries(trpc.people.list.queryFilter());
    },
    onError: (error: unknown) => {
      notify({ title: failed, detail: problemOf(error).message, tone: "fail" });
    },
  };
}
