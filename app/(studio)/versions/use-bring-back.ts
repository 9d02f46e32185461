import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { BringBack } from "../../../components/canvas/diff/map-diff-view.tsx";
import { problemOf } from "../../../components/problem-of.ts";
import { useMayNot } from "../../../components/session/use-may-not.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { notify } from "../../../components/ui/toast.tsx";
import type { Side } from "./sides.ts";

/** How a rule of the version on the left comes back into the draft; undefined where it has none. */
export function useBringBack(from: Side, live: number): BringBack | undefined {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const disabledReason = useMayNot("editor");
  const invalidate = () => queryClient.invalidateQueries(trpc.maps.pathFilter());
  const { mutate } = useMutation(
    trpc.maps.restoreRule.mutationOptions({
      onSettled: invalidate,
      onError: (error) => notify({ ...NOT_BACK, detail: problemOf(error).message, tone: "fail" }),
      onSuccess: (answer) => {
        if (answer.kind === "done") {
          const title = "It is in the draft, not live";
          notify({ title, detail: `${answer.label}. Undo it on the map like any other edit.` });
        } else if (answer.kind !== "nothing") {
          notify({ ...NOT_BACK, detail: answer.message, tone: "warn" });
        }
      },
    }),
  );
  const version = from === "live" ? live : from;
  if (version === "draft" || version === 0) return undefined;
  return {
    disabledReason,
    act: ({ rule, place }) => mutate({ version, rule: { kind: rule, place } }),
  };
}

const NOT_BACK = { title: "It was not brought back" } as const;
