import { HydrationBoundary } from "@tanstack/react-query";
import { preload, trpc } from "../../../server/api/rsc.ts";
import { VersionsScreen } from "./versions-screen.tsx";

export const metadata = { title: "Versions" };

/** What changed between these two? */
export default async function VersionsPage() {
  const state = await preload(
    trpc.maps.versions.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor }),
    trpc.maps.draft.queryOptions(),
    trpc.session.who.queryOptions(),
  );
  return (
    <HydrationBoundary state={state}>
      <VersionsScreen />
    </HydrationBoundary>
  );
}
