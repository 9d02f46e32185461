import "server-only";
import { type DehydratedState, dehydrate, QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { hasAdmin, isFirstToken } from "../platform/first-link-plugin.ts";
import { findInvited, type Invited } from "../platform/invitation-plugin.ts";
import type { Person } from "./context.ts";
import { contextOf } from "./request.ts";
import { appRouter } from "./root.ts";
import { services } from "./services.ts";

/** Where `proxy.ts` leaves the address that was asked for. */
const ADDRESS_HEADER = "x-fieldline-address";

const requestContext = cache(async () => contextOf(await headers()));

/** One per request. */
export const getQueryClient = cache(
  () => new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false } } }),
);

/** The API for pages: `trpc.runs.list.queryOptions({})`. */
export const trpc = createTRPCOptionsProxy({
  ctx: requestContext,
  router: appRouter,
  queryClient: getQueryClient,
});

type Question = Parameters<QueryClient["prefetchQuery"]>[0];
type InfiniteQuestion = Parameters<QueryClient["prefetchInfiniteQuery"]>[0];

/**
 * Asks before the page is sent, so that it comes with its data, and gives what
 * `HydrationBoundary` wants. What fails is asked again by the browser, which shows why.
 *
 * <HydrationBoundary state={await preload(trpc.runs.list.queryOptions({}))}>
 */
export async function preload(...questions: readonly object[]): Promise<DehydratedState> {
  const client = getQueryClient();
  await Promise.all(
    questions.map((question) =>
      "initialPageParam" in question
        ? client.prefetchInfiniteQuery(question as InfiniteQuestion)
        : client.prefetchQuery(question as Question),
    ),
  );
  return dehydrate(client);
}

/** Who is signed in; sends everybody else to sign in, and back to where they wanted to go. */
export async function requirePerson(): Promise<Person> {
  const { person } = await requestContext();
  if (person !== null) return person;
  const address = (await headers()).get(ADDRESS_HEADER) ?? "/";
  redirect(`/sign-in?return=${encodeURIComponent(address)}`);
}

/** Who is signed in, or null. */
export async function currentPerson(): Promise<Person | null> {
  return (await requestContext()).person;
}

export type FirstLinkState =
  | { readonly state: "open"; readonly token: string }
  /** The token does not work, and there is no admin: only a new start helps. */
  | { readonly state: "nobody-yet" }
  | { readonly state: "used-up" }
  | { readonly state: "none" };

/** What the first admin's link in the address, or its absence, means now. */
export async function firstLinkState(token: string | null): Promise<FirstLinkState> {
  const store = await services().signIn.$context;
  if (token !== null && (await isFirstToken(store, token))) return { state: "open", token };
  if (!(await hasAdmin(store))) return { state: "nobody-yet" };
  return { state: token === null ? "none" : "used-up" };
}

/** Who the invitation in the address is for; null when it cannot be used any more. */
export async function invitedBy(token: string): Promise<Invited | null> {
  return await findInvited(await services().signIn.$context, token);
}
