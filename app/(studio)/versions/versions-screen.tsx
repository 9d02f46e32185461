"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { Answer } from "../../../components/answer.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { Page } from "../../../components/shell/page.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { LinkButton } from "../../../components/ui/link-button.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { SplitPane } from "../../../components/ui/split-pane.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { Comparison } from "./comparison.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { before, type Side, sidesOf } from "./sides.ts";
import { useDraftChanges } from "./use-draft-changes.ts";
import { VersionList } from "./version-list.tsx";

const PARAMS = { from: parseAsString, to: parseAsString };

/** Every published version, and what changed between any two. */
export function VersionsScreen() {
  const trpc = useTRPC();
  const draft = useQuery(trpc.maps.draft.queryOptions());
  useLiveTopics(["maps"], trpc.maps.versions.infiniteQueryFilter(), trpc.maps.draft.queryFilter());
  return (
    <Page
      title="Versions"
      lede="Every publish is kept: what it changed, who made it, and why."
      body="fill"
      actions={<ImportDialog />}
    >
      <Answer
        query={draft}
        failed="The versions did not load."
        loading={<SkeletonRows label="Loading versions" />}
      >
        {(data) => <Loaded draft={data} />}
      </Answer>
    </Page>
  );
}

type Draft = Outputs["maps"]["draft"];

function Loaded({ draft }: { draft: Draft }) {
  const changed = useDraftChanges(draft.live?.document ?? null, draft.document);
  if (changed === null) return <SkeletonRows label="Loading versions" />;
  return <Versions {...{ draft, changed }} />;
}

function Versions({ draft, changed }: { draft: Draft; changed: number }) {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(PARAMS, { history: "push" });
  const pages = useInfiniteQuery(
    trpc.maps.versions.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor }),
  );
  const live = draft.live?.number ?? 0;
  const versions = pages.data?.pages.flatMap((page) => page.versions) ?? [];
  const sides = sidesOf(params, live, changed > 0);
  const compare = (from: Side, to: Side) => void setParams({ from: String(from), to: String(to) });
  if (live === 0 && changed === 0) return <NothingYet />;
  return (
    <SplitPane
      label="List of versions"
      storageKey="versions"
      size={360}
      narrow={params.to === null ? "panel" : "main"}
      panel={
        <VersionList
          {...{ versions, live, changed, sides }}
          draftOf={draft.updatedBy}
          draftAt={draft.updatedAt}
          hasMore={pages.hasNextPage}
          isLoading={pages.isFetching}
          onMore={() => void pages.fetchNextPage()}
          onOpen={(side) => compare(before(side, live), side)}
        />
      }
    >
      <Comparison
        {...{ versions, live, sides, compare }}
        hasDraft={changed > 0}
        onBack={() => void setParams({ from: null, to: null })}
      />
    </SplitPane>
  );
}

function NothingYet() {
  return (
    <EmptyState
      icon="branch"
      title="Nothing was published yet"
      action={
        <LinkButton href="/entities" variant="primary">
          Draw the map
        </LinkButton>
      }
    >
      Each publish makes a version that never changes. Here they can be compared, and brought back.
    </EmptyState>
  );
}
