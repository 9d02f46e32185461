import { HydrationBoundary } from "@tanstack/react-query";
import type { SearchParams } from "nuqs/server";
import { preload, trpc } from "../../../server/api/rsc.ts";
import { AUDIT_PAGES, askedOf, loadAuditFilter } from "./audit-filter.ts";
import { AuditLog } from "./audit-log.tsx";

export const metadata = { title: "Audit" };

type Props = { searchParams: Promise<SearchParams> };

/** Who changed which field, when and why. */
export default async function AuditPage({ searchParams }: Props) {
  const asked = askedOf(await loadAuditFilter(searchParams));
  const state = await preload(trpc.audit.list.infiniteQueryOptions(asked, AUDIT_PAGES));
  return (
    <HydrationBoundary state={state}>
      <AuditLog />
    </HydrationBoundary>
  );
}
