"use client";

import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
} from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import type { AppRouter } from "../server/api/root.ts";
import { PERSON_HEADER } from "../server/core/person-header.ts";

/** `useTRPC()` gives `trpc.runs.list.queryOptions(…)` and the like for TanStack Query. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

const ENDPOINT = "/api/trpc";
/** Longer addresses are refused by some proxies. */
const URL_LENGTH_MAX = 8_000;
const RETRIES_MAX = 3;

/**
 * The browser's end of the API. Around the whole studio.
 * @param person the id of whom the page was made for: every call says it, so that nothing of
 *   theirs is done in the name of whoever signs in next in this browser
 */
export function TrpcProvider({ person, children }: { person: string; children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [client] = useState(() => makeClient(person));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

function makeClient(person: string) {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink({ url: ENDPOINT }),
        false: httpBatchLink({
          url: ENDPOINT,
          maxURLLength: URL_LENGTH_MAX,
          headers: { [PERSON_HEADER]: person },
        }),
      }),
    ],
  });
}

function makeQueryClient() {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveOtherSession }),
    defaultOptions: {
      queries: {
        // The live stream says when something is old.
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < RETRIES_MAX && isWorthRetrying(error),
      },
    },
  });
}

/**
 * A session that is over: sign in again, and come back to this very address. One that is somebody
 * else's by now: the page is theirs.
 */
function leaveOtherSession(error: unknown): void {
  if (!(error instanceof TRPCClientError)) return;
  if (error.data?.kind === "somebody-else") window.location.reload();
  if (error.data?.kind !== "signed-out") return;
  const { pathname, search } = window.location;
  window.location.assign(`/sign-in?return=${encodeURIComponent(pathname + search)}`);
}

/** A lost connection may come back; a refusal stays one. */
function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  const data: unknown = error.data;
  if (typeof data !== "object" || data === null) return true;
  return "kind" in data && data.kind === "database-lost";
}
