"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Outputs } from "../../../server/api/root.ts";
import { useTRPC } from "../../trpc-provider.tsx";
import type { Sample } from "./sample-view.ts";

/** The record that flows over the canvas, and the way to others. */
export type Samples = {
  /** Null: there is none to show. */
  readonly sample: Sample | null;
  /** All that were read at once. */
  readonly window: readonly Sample[];
  readonly source: "records" | "rows";
  /** By binding: whether its rows are of now. */
  readonly reads: Outputs["maps"]["sample"]["reads"];
  readonly isLoading: boolean;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  readonly find: string;
  readonly step: (by: 1 | -1) => void;
  readonly choose: (index: number) => void;
  readonly search: (text: string) => void;
  /** Has this record flow. */
  readonly show: (record: string) => void;
  readonly refresh: () => void;
};

type Cursor = { readonly after?: string; readonly before?: string; readonly from?: string };

/** Reads records in windows: a step inside one asks nothing. */
export function useSamples(entity: string): Samples {
  const trpc = useTRPC();
  const [find, setFind] = useState("");
  const [cursor, setCursor] = useState<Cursor>({});
  const [chosen, setChosen] = useState(0);
  const input = { entity, ...(find === "" ? {} : { find }), ...cursor };
  const query = useQuery(
    trpc.maps.sample.queryOptions(input, { placeholderData: keepPreviousData, retry: false }),
  );
  const window = query.data?.samples ?? [];
  // A window that was stepped into backwards begins at its end.
  const index = chosen < 0 ? window.length - 1 : Math.min(chosen, window.length - 1);
  const hasNext = index < window.length - 1 || query.data?.hasAfter === true;
  const hasPrevious = index > 0 || query.data?.hasBefore === true;
  const leave = (to: "after" | "before", record: string | null | undefined) => {
    if (typeof record !== "string") return;
    setCursor({ [to]: record });
    setChosen(to === "after" ? 0 : -1);
  };
  const step = (by: 1 | -1) => {
    const next = index + by;
    if (next >= 0 && next < window.length) setChosen(next);
    else if (by === 1 && hasNext) leave("after", window.at(-1)?.record);
    else if (by === -1 && hasPrevious) leave("before", window[0]?.record);
  };
  return {
    ...{ window, hasNext, hasPrevious, find, step },
    sample: window[index] ?? null,
    source: query.data?.source ?? "records",
    reads: query.data?.reads ?? {},
    isLoading: query.isFetching,
    choose: setChosen,
    search: (text) => {
      setFind(text);
      setCursor({});
      setChosen(0);
    },
    show: (record) => {
      setFind("");
      setCursor({ from: record });
      setChosen(0);
    },
    refresh: () => void query.refetch(),
  };
}
