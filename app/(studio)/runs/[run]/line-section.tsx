"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, throttle, useQueryState } from "nuqs";
import { Answer } from "../../../../components/answer.tsx";
import { useLiveTopics } from "../../../../components/live/use-live-topics.ts";
import { Section } from "../../../../components/shell/section.tsx";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { formatCount } from "../../../../components/ui/count.tsx";
import { DataTable } from "../../../../components/ui/data-table.tsx";
import { EmptyState } from "../../../../components/ui/empty-state.tsx";
import { Input } from "../../../../components/ui/input.tsx";
import { SkeletonRows } from "../../../../components/ui/skeleton.tsx";
import { Toolbar } from "../../../../components/ui/toolbar.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import { lineColumns } from "./line-columns.tsx";
import type { RunData } from "./run-page.tsx";

type LinePage = Outputs["runs"]["lines"];

/** Typing settles before the address and the question change. */
const SETTLE_MS = 250;

/** What happened to which record, searchable by any of its ids. */
export function LineSection({ data }: { data: RunData }) {
  const trpc = useTRPC();
  const [search, setSearch] = useQueryState("find", parseAsString.withDefault(""));
  const question = { run: data.id, ...(search.trim() === "" ? {} : { search: search.trim() }) };
  const lines = useInfiniteQuery(
    trpc.runs.lines.infiniteQueryOptions(question, {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
    }),
  );
  // A run that is over gets no more lines.
  useLiveTopics(
    data.finishedAt === null ? ["audit"] : [],
    trpc.runs.lines.infiniteQueryFilter(question),
  );
  const find = (text: string) =>
    void setSearch(text === "" ? null : text, { limitUrlUpdates: throttle(SETTLE_MS) });
  return (
    <Section title="What happened to records" flush>
      <Toolbar label="Find a record">
        <Input
          icon="search"
          aria-label="Find a record by any of its ids"
          placeholder="A record's id, a system's id of it, or a match key"
          value={search}
          onChange={find}
          className="max-w-md"
        />
      </Toolbar>
      <Answer
        query={{ ...lines, data: lines.data?.pages }}
        failed="What happened did not load."
        loading={<SkeletonRows rows={8} label="Loading what happened" />}
      >
        {(pages) => (
          <Lines
            {...{ data, pages, search }}
            onClear={() => void setSearch(null)}
            onEndReached={() => void (lines.hasNextPage && lines.fetchNextPage())}
          />
        )}
      </Answer>
    </Section>
  );
}

type LinesProps = {
  data: RunData;
  pages: readonly LinePage[];
  search: string;
  onClear: () => void;
  onEndReached: () => void;
};

function Lines({ data, pages, search, onClear, onEndReached }: LinesProps) {
  const router = useRouter();
  const rows = pages.flatMap(({ lines }) => lines);
  if (rows.length === 0) {
    return <NoLines {...{ data, search, onClear }} named={pages[0]?.named ?? null} />;
  }
  return (
    <div className="flex h-[min(36rem,70dvh)] flex-col">
      <DataTable
        label="What happened to records"
        columns={lineColumns(data)}
        rows={rows}
        rowId={({ stream, number }) => `${stream} ${number}`}
        onOpen={({ record, field }) =>
          router.push(`/records/${record}${field === null ? "" : `?field=${field}`}`)
        }
        onEndReached={onEndReached}
      />
    </div>
  );
}

type NoLinesProps = {
  data: RunData;
  search: string;
  named: number | null;
  onClear: () => void;
};

function NoLines({ data, search, named, onClear }: NoLinesProps) {
  if (search === "") {
    return (
      <EmptyState
        icon="ledger"
        title={data.finishedAt === null ? "Nothing yet" : "Nothing changed"}
      >
        {data.finishedAt === null
          ? "No record has changed in this run so far."
          : "No record changed in this run: everything it read was the same already."}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="search"
      title={named === 0 ? "No such record" : "Not in this run"}
      action={<Button onClick={onClear}>Show all records of the run</Button>}
    >
      {named === 0
        ? `Nothing is called “${search}”: neither a record nor a row of a system, and no match key has this value.`
        : `“${search}” names ${formatCount(named ?? 0)} ${named === 1 ? "record, which" : "records, which"} this run did not change.`}
    </EmptyState>
  );
}
