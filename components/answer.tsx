"use client";

import type { ReactNode } from "react";
import { problemOf } from "./problem-of.ts";
import { Button } from "./ui/button.tsx";
import { EmptyState } from "./ui/empty-state.tsx";
import { ErrorState } from "./ui/error-state.tsx";

type AnswerProps<T> = {
  query: {
    readonly data: T | undefined;
    readonly error: unknown;
    readonly isFetching: boolean;
    readonly refetch: () => Promise<unknown>;
  };
  /** What did not happen, if it fails: "The runs did not load." */
  failed: string;
  /** In the size of what comes. */
  loading: ReactNode;
  children: (data: T) => ReactNode;
};

/**
 * The answer to a question, in whatever state it is. What is on screen stays there while it is
 * asked again, also when that fails: then the frame's lamp says that it is not live.
 *
 * <Answer query={runs} failed="The runs did not load." loading={<SkeletonRows label="Loading" />}>
 *   {(data) => <RunTable runs={data.runs} />}
 * </Answer>
 */
export function Answer<T>({ query, failed, loading, children }: AnswerProps<T>) {
  const { data, error, refetch, isFetching } = query;
  if (data !== undefined) return children(data);
  if (error === null) {
    return (
      <>
        {loading}
        <p className="animate-appear px-4 py-2 type-small text-ink-2 [animation-delay:3s]">
          Waiting for the server. It may be busy; you can go elsewhere meanwhile.
        </p>
      </>
    );
  }
  const problem = problemOf(error);
  if (problem.kind === "not-found") {
    return <EmptyState title="There is nothing here">{problem.message}</EmptyState>;
  }
  return (
    <ErrorState
      what={failed}
      why={problem.message}
      reference={problem.reference ?? undefined}
      action={
        <Button icon="refresh" busy={isFetching} onClick={() => void refetch()}>
          Try again
        </Button>
      }
    />
  );
}
