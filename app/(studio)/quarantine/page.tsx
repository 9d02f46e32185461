import { HydrationBoundary } from "@tanstack/react-query";
import type { SearchParams } from "nuqs/server";
import { preload, trpc } from "../../../server/api/rsc.ts";
import { askedOf, loadHeldFilter } from "./held-filter.ts";
import { QuarantineScreen } from "./quarantine-screen.tsx";

export const metadata = { title: "Quarantine" };

type Props = { searchParams: Promise<SearchParams> };

/** Why is it held, and does it pass now? */
export default async function QuarantinePage({ searchParams }: Props) {
  const filter = await loadHeldFilter(searchParams);
  const state = await preload(trpc.quarantine.groups.queryOptions(askedOf(filter)));
  return (
    <HydrationBoundary state={state}>
      <QuarantineScreen />
    </HydrationBoundary>
  );
}
