import { HydrationBoundary } from "@tanstack/react-query";
import { dehydrated, getQueryClient, trpc } from "../../../server/api/rsc.ts";
import { Home } from "./home.tsx";

export const metadata = { title: "Home" };

/** What needs me? */
export default function HomePage() {
  const client = getQueryClient();
  void client.prefetchQuery(trpc.home.start.queryOptions());
  void client.prefetchQuery(trpc.home.needs.queryOptions());
  void client.prefetchQuery(trpc.home.board.queryOptions());
  void client.prefetchQuery(trpc.home.sinceLast.queryOptions());
  return (
    <HydrationBoundary state={dehydrated()}>
      <Home />
    </HydrationBoundary>
  );
}
