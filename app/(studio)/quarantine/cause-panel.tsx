"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Answer } from "../../../components/answer.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { causeHint, causeTitle } from "./cause-words.ts";
import { filterOf, type GroupPage, HELD_PAGES, type HeldGroup } from "./held-filter.ts";
import { HeldRow } from "./held-row.tsx";
import { ReplayAll } from "./replay-all.tsx";

type CausePanelProps = {
  page: GroupPage;
  group: HeldGroup;
  openItem: string | null;
  onOpenItem: (item: string | null) => void;
};

/** One cause: what it is, what it does meanwhile, and everything that it holds. */
export function CausePanel({ page, group, openItem, onOpenItem }: CausePanelProps) {
  const trpc = useTRPC();
  const options = trpc.quarantine.items.infiniteQueryOptions(
    { filter: filterOf(group) },
    HELD_PAGES,
  );
  // While a cause held nothing nobody listened for it: what was seen of it last is of then.
  const items = useInfiniteQuery({ ...options, refetchOnMount: "always" });
  useLiveTopics(["quarantine", "maps"], { queryKey: options.queryKey });
  return (
    <section aria-label={causeTitle(group, page)} className="flex min-h-0 flex-1 flex-col bg-panel">
      <header className="flex flex-col gap-1 border-rule border-b px-4 pt-4 pb-3">
        <h2 className="type-title">{causeTitle(group, page)}</h2>
        <p className="max-w-3xl type-body text-ink-2">{causeHint(group, page)}</p>
        <ReplayAll group={group} />
      </header>
      <div data-scroll className="min-h-0 flex-1 overflow-y-auto">
        <Answer
          query={{ ...items, data: items.data?.pages }}
          failed="The items did not load."
          loading={<SkeletonRows rows={6} label="Testing what is held" />}
        >
          {(pages) => (
            <>
              <ol aria-label="Held items">
                {pages
                  .flatMap((one) => one.items)
                  .map((item) => (
                    <HeldRow
                      key={item.id}
                      {...{ page, item }}
                      isOpen={item.id === openItem}
                      onToggle={() => onOpenItem(item.id === openItem ? null : item.id)}
                    />
                  ))}
              </ol>
              {pages[0]?.items.length === 0 && (
                <EmptyState icon="check" title="Nothing of this is left">
                  It was settled while you looked.
                </EmptyState>
              )}
              {items.hasNextPage && (
                <div className="p-4">
                  <Button
                    size="sm"
                    busy={items.isFetchingNextPage}
                    onClick={() => void items.fetchNextPage()}
                  >
                    Show more
                  </Button>
                </div>
              )}
            </>
          )}
        </Answer>
      </div>
    </section>
  );
}
