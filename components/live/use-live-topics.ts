"use client";

import { type QueryFilters, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import type { LiveTopic } from "../../server/core/live-topics.ts";
import { useNewsDesk } from "./live-provider.tsx";

/**
 * Asks again what `filters` name whenever one of the topics has news.
 *
 * useLiveTopics(["conflicts"], trpc.conflicts.pathFilter())
 */
export function useLiveTopics(topics: readonly LiveTopic[], ...filters: QueryFilters[]): void {
  const queryClient = useQueryClient();
  const refresh = () => Promise.all(filters.map((filter) => queryClient.invalidateQueries(filter)));
  useLiveNews(topics, refresh);
}

/**
 * Calls `onNews` whenever one of the topics has news. While the promise it gave is pending,
 * further news waits and then calls it once: a slow question is never asked twice at a time.
 */
export function useLiveNews(topics: readonly LiveTopic[], onNews: () => unknown): void {
  const desk = useNewsDesk();
  const state = useRef({ busy: false, again: false });
  const call = useEffectEvent(() => onNews());
  const key = topics.join(" ");

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for `topics`, which is a new array each time.
  useEffect(() => {
    const run = async () => {
      const { current } = state;
      current.again = true;
      if (current.busy) return;
      current.busy = true;
      try {
        while (current.again) {
          current.again = false;
          await call();
        }
      } finally {
        current.busy = false;
      }
    };
    return desk.subscribe(topics, () => void run());
  }, [desk, key]);
}
