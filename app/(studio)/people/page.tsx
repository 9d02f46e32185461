import { HydrationBoundary } from "@tanstack/react-query";
import { preload, trpc } from "../../../server/api/rsc.ts";
import { PeopleScreen } from "./people-screen.tsx";

export const metadata = { title: "People" };

/** Who has access, and with which role. For admins. */
export default async function PeoplePage() {
  return (
    <HydrationBoundary state={await preload(trpc.people.list.queryOptions())}>
      <PeopleScreen />
    </HydrationBoundary>
  );
}
