import { HydrationBoundary } from "@tanstack/react-query";
import { preload, trpc } from "../../../../server/api/rsc.ts";
import { RecordScreen } from "./record-screen.tsx";

export const metadata = { title: "Record" };

type Props = { params: Promise<{ record: string }> };

/** What does each system hold of this record, and why? */
export default async function RecordPage({ params }: Props) {
  const { record } = await params;
  const state = await preload(trpc.records.find.queryOptions({ record }));
  return (
    <HydrationBoundary state={state}>
      <RecordScreen id={record} />
    </HydrationBoundary>
  );
}
