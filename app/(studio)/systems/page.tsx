import { HydrationBoundary } from "@tanstack/react-query";
import { preload, trpc } from "../../../server/api/rsc.ts";
import { SystemList } from "./system-list.tsx";

export const metadata = { title: "Systems" };

/** Are they reachable, fresh, and what do they hold? */
export default async function SystemsPage() {
  const state = await preload(trpc.systems.list.queryOptions());
  return (
    <HydrationBoundary state={state}>
      <SystemList />
    </HydrationBoundary>
  );
}
