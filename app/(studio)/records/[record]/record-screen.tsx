"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Answer } from "../../../../components/answer.tsx";
import { useLiveTopics } from "../../../../components/live/use-live-topics.ts";
import { Page } from "../../../../components/shell/page.tsx";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { SkeletonRows } from "../../../../components/ui/skeleton.tsx";
import { valueText } from "../../../../components/values/value-text.ts";
import { MergeButton } from "./merge-button.tsx";
import { MergedBanners } from "./merged-banners.tsx";
import type { RecordData } from "./record-data.ts";
import { RecordPanes } from "./record-panes.tsx";
import { RowChips } from "./row-chips.tsx";

/** One record: what each system holds, and why. */
export function RecordScreen({ id }: { id: string }) {
  const trpc = useTRPC();
  const record = useQuery(trpc.records.find.queryOptions({ record: id }));
  useLiveTopics(
    ["records", "conflicts", "quarantine", "deliveries"],
    trpc.records.find.queryFilter({ record: id }),
  );
  // The history only ever grows: its length says whether it is to be asked for again.
  const lines = record.data?.history.lines ?? 0;
  const history = useQuery({
    ...trpc.records.history.queryOptions({ record: id, lines }),
    enabled: record.data !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Page
      title={record.data === undefined ? "Record" : titleOf(record.data)}
      crumbs={[{ label: "Records", href: "/records" }]}
      lede={record.data !== undefined && <RowChips data={record.data} />}
      actions={record.data !== undefined && <MergeButton data={record.data} />}
      bar={record.data !== undefined && <MergedBanners data={record.data} />}
      body="fill"
    >
      <Answer
        query={record}
        failed="The record did not load."
        loading={<SkeletonRows rows={10} label="Loading the record" />}
      >
        {(data) => <RecordPanes data={data} history={history} />}
      </Answer>
    </Page>
  );
}

function titleOf(data: RecordData): string {
  return data.title === null ? data.id : valueText(data.title);
}
