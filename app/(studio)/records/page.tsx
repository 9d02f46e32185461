import { HydrationBoundary } from "@tanstack/react-query";
import type { SearchParams } from "nuqs/server";
import { preload, trpc } from "../../../server/api/rsc.ts";
import { askedOf, loadRecordFilter, RECORD_PAGES } from "./record-filter.ts";
import { RecordList } from "./record-list.tsx";

export const metadata = { title: "Records" };

type Props = { searchParams: Promise<SearchParams> };

/** Every record of the hub. */
export default async function RecordsPage({ searchParams }: Props) {
  const asked = askedOf(await loadRecordFilter(searchParams));
  const state = await preload(trpc.records.list.infiniteQueryOptions(asked, RECORD_PAGES));
  return (
    <HydrationBoundary state={state}>
      <RecordList />
    </HydrationBoundary>
  );
}
