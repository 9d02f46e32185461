import { HydrationBoundary } from "@tanstack/react-query";
import { preload, trpc } from "../../../../server/api/rsc.ts";
import { ConnectPage } from "./connect-page.tsx";

export const metadata = { title: "Connect a system" };

/** From nothing to a system on the canvas, on one page. */
export default async function Page() {
  const state = await preload(
    trpc.systems.connectors.queryOptions(),
    trpc.systems.list.queryOptions(),
  );
  return (
    <HydrationBoundary state={state}>
      <ConnectPage />
    </HydrationBoundary>
  );
}
