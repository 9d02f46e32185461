"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLiveNews } from "../../../components/live/use-live-topics.ts";
import { useTRPC, useTRPCClient } from "../../../components/trpc-provider.tsx";
import { AUDIT_PAGES, type AuditFilter, type AuditPage, askedOf } from "./audit-filter.ts";
import { joinTail, withTail } from "./tail.ts";

type Lines = AuditPage["lines"];

/**
 * The log, newest first: pages backwards on request, and its growing end. While it is paused, what
 * is new is counted and waits.
 */
export function useAuditLog(filter: AuditFilter, paused: boolean) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const asked = askedOf(filter);
  const question = JSON.stringify(asked);
  const options = trpc.audit.list.infiniteQueryOptions(asked, AUDIT_PAGES);
  const query = useInfiniteQuery({ ...options, staleTime: Number.POSITIVE_INFINITY });
  const [tail, setTail] = useState<{ question: string; lines: Lines }>({ question, lines: [] });
  if (tail.question !== question) setTail({ question, lines: [] });

  const base = query.data?.pages.flatMap(({ lines }) => lines) ?? [];
  const known = withTail(base, tail.lines);
  // An end in the past does not grow.
  useLiveNews(filter.to === null ? ["audit"] : [], async () => {
    if (query.data === undefined) return;
    const end = await client.audit.list.query(asked);
    const joined = joinTail(known, end.lines);
    if (joined === null) await queryClient.resetQueries({ queryKey: options.queryKey });
    else setTail({ question, lines: joined.slice(0, joined.length - base.length) });
  });
  const [shownTail, setShownTail] = useState(0);
  const fresh = known.length - base.length;
  if (!paused && shownTail !== fresh) setShownTail(fresh);
  const held = paused ? Math.max(0, fresh - shownTail) : 0;
  return { query, lines: known.slice(held), held };
}
