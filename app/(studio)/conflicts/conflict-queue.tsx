"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { Answer } from "../../../components/answer.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { Page } from "../../../components/shell/page.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { askedOf, CONFLICT_FILTER, QUESTION_PAGES } from "./conflict-filter.ts";
import { ConflictSplit } from "./conflict-split.tsx";
import { ConflictToolbar } from "./conflict-toolbar.tsx";
import { openQuestions } from "./decisions.ts";
import { useDecisions } from "./use-decisions.ts";

/** The review queue: one question after the other, one key each. */
export function ConflictQueue() {
  const trpc = useTRPC();
  const [filter, setFilter] = useQueryStates(CONFLICT_FILTER);
  const asked = askedOf(filter);
  const query = useInfiniteQuery(
    trpc.conflicts.list.infiniteQueryOptions(asked, {
      ...QUESTION_PAGES,
      placeholderData: (before) => before,
    }),
  );
  useLiveTopics(["conflicts"], trpc.conflicts.list.infiniteQueryFilter());
  const { state, sending, decide } = useDecisions(({ id }) => void setFilter({ question: id }));
  const pages = query.data?.pages;
  const told = pages?.flatMap(({ questions }) => questions) ?? [];
  const questions = openQuestions(told, state);
  const [first] = pages ?? [];
  const left = Math.max(0, (first?.matching ?? 0) - told.length + questions.length);
  return (
    <Page
      title="Conflicts"
      lede="Values that only a person can decide between."
      body="fill"
      bar={
        // A narrow screen has room for the queue's filters or for a question.
        <div className={filter.question === null ? undefined : "max-md:hidden"}>
          <ConflictToolbar
            {...{ filter, setFilter, left }}
            page={first}
            decided={state.count}
            sending={sending}
          />
        </div>
      }
    >
      <Answer
        query={{ ...query, data: first }}
        failed="The questions did not load."
        loading={<SkeletonRows rows={10} label="Loading the questions" />}
      >
        {(page) => (
          <ConflictSplit
            {...{ page, questions, filter, setFilter, state, left, sending }}
            onDecide={decide}
            onEndReached={() => void (query.hasNextPage && query.fetchNextPage())}
          />
        )}
      </Answer>
    </Page>
  );
}
