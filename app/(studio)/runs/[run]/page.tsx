import { HydrationBoundary } from "@tanstack/react-query";
import { preload, trpc } from "../../../../server/api/rsc.ts";
import { RunPage } from "./run-page.tsx";

export const metadata = { title: "Run" };

type Props = { params: Promise<{ run: string }> };

/** What happened to this record in this run? */
export default async function Page({ params }: Props) {
  const { run } = await params;
  const state = await preload(trpc.runs.find.queryOptions({ run }));
  return (
    <HydrationBoundary state={state}>
      <RunPage run={run} />
    </HydrationBoundary>
  );
}
