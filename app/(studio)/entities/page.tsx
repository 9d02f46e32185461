import { HydrationBoundary } from "@tanstack/react-query";
import { preload, trpc } from "../../../server/api/rsc.ts";
import { EntityList } from "./entity-list.tsx";

export const metadata = { title: "Entities" };

/** What is kept in agreement: every entity with its systems and its problems. */
export default async function EntitiesPage() {
  const state = await preload(
    trpc.maps.entities.queryOptions(),
    trpc.maps.draft.queryOptions(),
    trpc.session.who.queryOptions(),
  );
  return (
    <HydrationBoundary state={state}>
      <EntityList />
    </HydrationBoundary>
  );
}
