import { HydrationBoundary } from "@tanstack/react-query";
import type { SearchParams } from "nuqs/server";
import { preload, trpc } from "../../../server/api/rsc.ts";
import { askedOf, loadConflictFilter, QUESTION_PAGES } from "./conflict-filter.ts";
import { ConflictQueue } from "./conflict-queue.tsx";

export const metadata = { title: "Conflicts" };

type Props = { searchParams: Promise<SearchParams> };

/** The review queue: values that only a person can decide between. */
export default async function ConflictsPage({ searchParams }: Props) {
  const filter = await loadConflictFilter(searchParams);
  const asked = askedOf(filter);
  const state = await preload(trpc.conflicts.list.infiniteQueryOptions(asked, QUESTION_PAGES));
  return (
    <HydrationBoundary state={state}>
      <ConflictQueue />
    </HydrationBoundary>
  );
}
