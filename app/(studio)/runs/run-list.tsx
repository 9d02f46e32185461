"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useQueryStates } from "nuqs";
import { Answer } from "../../../components/answer.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { Page } from "../../../components/shell/page.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { formatCount } from "../../../components/ui/count.tsx";
import { DataTable } from "../../../components/ui/data-table.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { LinkButton } from "../../../components/ui/link-button.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { useNarrow } from "../../../components/ui/use-narrow.ts";
import type { Outputs } from "../../../server/api/root.ts";
import { narrowColumns, type RunRow, runColumns } from "./run-columns.tsx";
import { questionOf, RUN_FILTER, RUN_PAGES } from "./run-filter.ts";
import { RunToolbar } from "./run-toolbar.tsx";
import { useHeldBack } from "./use-held-back.ts";

type RunPage = Outputs["runs"]["list"];

/** The runs, newest first. */
export function RunList() {
  const trpc = useTRPC();
  const [filter, setFilter] = useQueryStates(RUN_FILTER, { history: "push" });
  const question = questionOf(filter);
  const query = useInfiniteQuery(trpc.runs.list.infiniteQueryOptions(question, RUN_PAGES));
  useLiveTopics(["runs"], trpc.runs.list.infiniteQueryFilter(question));
  const first = query.data?.pages[0];
  const clear = () => void setFilter({ kind: null, state: null, system: null });
  return (
    <Page
      title="Runs"
      lede="What the engine did and is doing."
      body="fill"
      bar={<RunToolbar {...{ filter, setFilter }} page={first} />}
    >
      <Answer
        query={{ ...query, data: query.data?.pages }}
        failed="The runs did not load."
        loading={<SkeletonRows rows={12} label="Loading the runs" />}
      >
        {(pages) => (
          <Rows
            key={JSON.stringify(question)}
            pages={pages}
            onClear={clear}
            onEndReached={() => void (query.hasNextPage && query.fetchNextPage())}
          />
        )}
      </Answer>
    </Page>
  );
}

type RowsProps = { pages: readonly RunPage[]; onClear: () => void; onEndReached: () => void };

function Rows({ pages, onClear, onEndReached }: RowsProps) {
  const router = useRouter();
  const isNarrow = useNarrow();
  const all: RunRow[] = pages.flatMap(({ runs }) => runs);
  const { shown, held, release } = useHeldBack(all);
  const [first] = pages;
  if (first === undefined) return null;
  if (first.all === 0) return <NoRuns />;
  if (first.matching === 0) return <NoneFits hidden={first.all} onClear={onClear} />;
  return (
    <>
      {held > 0 && (
        <div className="flex justify-center border-rule border-b bg-panel py-1">
          <Button size="sm" icon="arrow-up" onClick={release}>
            {formatCount(held)} new
          </Button>
        </div>
      )}
      <DataTable
        label="Runs"
        columns={isNarrow ? narrowColumns(first) : runColumns(first)}
        rows={shown}
        rowId={({ id }) => id}
        onOpen={({ id }) => router.push(`/runs/${id}`)}
        total={first.matching}
        onEndReached={onEndReached}
        rowHeight={isNarrow ? 56 : 40}
      />
    </>
  );
}

function NoRuns() {
  return (
    <EmptyState
      icon="pulse"
      title="Nothing has run yet"
      action={<LinkButton href="/versions">Look at the map</LinkButton>}
    >
      Runs begin when a map is published: first every bound table is read whole, then its changes
      are followed.
    </EmptyState>
  );
}

function NoneFits({ hidden, onClear }: { hidden: number; onClear: () => void }) {
  return (
    <EmptyState
      icon="filter"
      title="No run fits"
      action={<Button onClick={onClear}>Show all {formatCount(hidden)}</Button>}
    >
      The filter hides {formatCount(hidden)} runs.
    </EmptyState>
  );
}
