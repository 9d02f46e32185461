"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { Answer } from "../../../components/answer.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { Page } from "../../../components/shell/page.tsx";
import { useShortcuts } from "../../../components/shell/use-shortcuts.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { formatCount } from "../../../components/ui/count.tsx";
import { DataTable } from "../../../components/ui/data-table.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { LinkButton } from "../../../components/ui/link-button.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { useNarrow } from "../../../components/ui/use-narrow.ts";
import { narrowColumns, recordColumns } from "./record-columns.tsx";
import {
  askedOf,
  RECORD_FILTER,
  RECORD_PAGES,
  type RecordFilter,
  type RecordPage,
} from "./record-filter.ts";
import { RecordToolbar } from "./record-toolbar.tsx";

/** Every record of the hub, the newest first, found by whatever one knows of it. */
export function RecordList() {
  const trpc = useTRPC();
  const [filter, setFilter] = useQueryStates(RECORD_FILTER);
  const asked = askedOf(filter);
  const query = useInfiniteQuery(
    trpc.records.list.infiniteQueryOptions(asked, {
      ...RECORD_PAGES,
      placeholderData: (before) => before,
    }),
  );
  useLiveTopics(
    ["records", "conflicts", "quarantine", "deliveries"],
    trpc.records.list.infiniteQueryFilter(asked),
  );
  useShortcuts("Records", [
    {
      id: "find",
      keys: "/",
      label: "Find a record",
      run: () => document.getElementById("find-record")?.focus(),
    },
  ]);
  const clear = () => void setFilter({ entity: null, find: null, state: null });
  return (
    <Page
      title="Records"
      lede="One line per record of the hub, with its row in each system."
      body="fill"
      bar={<RecordToolbar {...{ filter, setFilter }} page={query.data?.pages[0]} />}
    >
      <Answer
        query={{ ...query, data: query.data?.pages }}
        failed="The records did not load."
        loading={<SkeletonRows rows={12} label="Loading the records" />}
      >
        {(pages) => (
          <Rows
            {...{ pages, filter }}
            onClear={clear}
            onEndReached={() => void (query.hasNextPage && query.fetchNextPage())}
          />
        )}
      </Answer>
    </Page>
  );
}

type RowsProps = {
  pages: readonly RecordPage[];
  filter: RecordFilter;
  onClear: () => void;
  onEndReached: () => void;
};

function Rows({ pages, filter, onClear, onEndReached }: RowsProps) {
  const router = useRouter();
  const isNarrow = useNarrow();
  const [first] = pages;
  const records = pages.flatMap((page) => page.records);
  if (first === undefined) return null;
  if (records.length === 0) return <NoRecords page={first} filter={filter} onClear={onClear} />;
  return (
    <DataTable
      label="Records"
      columns={isNarrow ? narrowColumns(first) : recordColumns(first)}
      rows={records}
      rowId={({ id }) => id}
      onOpen={({ id }) => router.push(`/records/${id}`)}
      onEndReached={onEndReached}
      rowHeight={isNarrow ? 56 : 40}
    />
  );
}

type NoRecordsProps = { page: RecordPage; filter: RecordFilter; onClear: () => void };

function NoRecords({ page, filter, onClear }: NoRecordsProps) {
  const { living, deleted } = page.counts;
  const isFiltered = filter.find !== "" || filter.state !== "living" || filter.entity !== null;
  if (!isFiltered) {
    return (
      <EmptyState
        icon="card"
        title="No record yet"
        action={<LinkButton href="/systems">Look at the systems</LinkButton>}
      >
        Records appear when a published map's systems are read for the first time.
      </EmptyState>
    );
  }
  const hidden = living + deleted;
  return (
    <EmptyState
      icon="search"
      title="No record fits"
      action={<Button onClick={onClear}>Clear the filter</Button>}
    >
      {filter.find === ""
        ? `The filter hides ${formatCount(hidden)} records.`
        : `Nothing is called or known as “${filter.find}”. It is looked for in titles, ids of ` +
          "systems, match keys and ids of records."}
    </EmptyState>
  );
}
