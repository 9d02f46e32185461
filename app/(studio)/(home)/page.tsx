import { HydrationBoundary } from "@tanstack/react-query";
import { preload, trpc } from "../../../server/api/rsc.ts";
import { Home } from "./home.tsx";

export const metadata = { title: "Home" };

/** What needs me? */
export default async function HomePage() {
  const state = await preload(
    trpc.home.start.queryOptions(),
    trpc.home.needs.queryOptions(),
    trpc.home.board.queryOptions(),
    trpc.home.sinceLast.queryOptions(),
  );
  return (
    <HydrationBoundary state={state}>
      <Home />
    </HydrationBoundary>
  );
}
