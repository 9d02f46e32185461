import { HydrationBoundary } from "@tanstack/react-query";
import { preload, trpc } from "../../../../server/api/rsc.ts";
import { SystemPage } from "./system-page.tsx";

export const metadata = { title: "System" };

type Props = { params: Promise<{ system: string }> };

/** Is it reachable, is it fresh, what does it hold? */
export default async function Page({ params }: Props) {
  const { system } = await params;
  const state = await preload(trpc.systems.find.queryOptions({ system }));
  return (
    <HydrationBoundary state={state}>
      <SystemPage system={system} />
    </HydrationBoundary>
  );
}
