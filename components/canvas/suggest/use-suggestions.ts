"use client";

import { useQueries } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Binding } from "../../../server/core/map/document.ts";
import { problemOf } from "../../problem-of.ts";
import { useTRPC } from "../../trpc-provider.tsx";
import { useEditor } from "../editor-context.ts";
import type { SuggestionAnswer } from "./candidates.ts";

export type Suggestions = {
  /** By binding; those that are on their way are missing. */
  readonly answers: ReadonlyMap<string, SuggestionAnswer>;
  readonly isLoading: boolean;
  /** Why some did not load, as a sentence; null: they did, or are on their way. */
  readonly failure: string | null;
  readonly retry: () => void;
};

/** Suggestions for bindings of the draft as it is now, compared on real rows. */
export function useSuggestions(bindings: readonly Binding[]): Suggestions {
  const trpc = useTRPC();
  const { draft } = useEditor();
  const { revision, document } = draft.server;
  const queries = useQueries({
    queries: bindings.map(({ id }) => ({
      ...trpc.maps.suggestions.queryOptions({ binding: id }),
      // One that is not saved yet is not known to the server.
      enabled: document.bindings.some((one) => one.id === id),
    })),
  });
  // The others' scores change with every line that is drawn: old answers are asked for again.
  useEffect(() => {
    for (const { data, isFetching, refetch } of queries) {
      if (data !== undefined && data.revision !== revision && !isFetching) void refetch();
    }
  });
  const fresh = queries.flatMap(({ data }, at) => {
    const binding = bindings[at];
    if (data === undefined || binding === undefined || data.revision !== revision) return [];
    return [[binding.id, data] as const];
  });
  const failed = queries.find(({ error, isFetching }) => error !== null && !isFetching);
  return {
    answers: new Map(fresh),
    isLoading: failed === undefined && fresh.length < bindings.length,
    failure: failed === undefined ? null : problemOf(failed.error).message,
    retry: () => {
      for (const { error, refetch } of queries) if (error !== null) void refetch();
    },
  };
}
