import { HydrationBoundary } from "@tanstack/react-query";
import type { SearchParams } from "nuqs/server";
import { preload, trpc } from "../../../server/api/rsc.ts";
import { loadRunFilter, questionOf, RUN_PAGES } from "./run-filter.ts";
import { RunList } from "./run-list.tsx";

export const metadata = { title: "Runs" };

type Props = { searchParams: Promise<SearchParams> };

/** What the engine did and is doing. */
export default async function RunsPage({ searchParams }: Props) {
  const filter = await loadRunFilter(searchParams);
  const state = await preload(trpc.runs.list.infiniteQueryOptions(questionOf(filter), RUN_PAGES));
  return (
    <HydrationBoundary state={state}>
      <RunList />
    </HydrationBoundary>
  );
}
