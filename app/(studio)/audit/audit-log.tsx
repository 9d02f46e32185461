"use client";

import { useQueryStates } from "nuqs";
import { useState } from "react";
import { Answer } from "../../../components/answer.tsx";
import { Page } from "../../../components/shell/page.tsx";
import { useShortcuts } from "../../../components/shell/use-shortcuts.ts";
import { Button } from "../../../components/ui/button.tsx";
import { formatCount } from "../../../components/ui/count.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { AUDIT_FILTER } from "./audit-filter.ts";
import { AuditTable } from "./audit-table.tsx";
import { AuditToolbar } from "./audit-toolbar.tsx";
import { useAuditLog } from "./use-audit-log.ts";
import { VerifyButton } from "./verify-button.tsx";

/** Every change of every field, with who, when and why; it grows as one looks. */
export function AuditLog() {
  const [filter, setFilter] = useQueryStates(AUDIT_FILTER);
  const [isPaused, setPaused] = useState(false);
  const [isReading, setReading] = useState(false);
  const { query, lines, held } = useAuditLog(filter, isPaused || isReading);
  const page = query.data?.pages[0];
  useShortcuts("Audit", [
    {
      id: "find",
      keys: "/",
      label: "Only one record",
      run: () => document.getElementById("find-audit")?.focus(),
    },
    { id: "pause", keys: "p", label: "Pause or follow", run: () => setPaused(!isPaused) },
  ]);
  return (
    <Page
      title="Audit"
      lede="Every change of every field, with its reason. Nothing is ever taken out."
      actions={<VerifyButton />}
      body="fill"
      bar={
        <AuditToolbar
          {...{ filter, setFilter, page }}
          end={
            <>
              {held > 0 && (
                <Button size="sm" icon="arrow-up" onClick={() => setPaused(false)}>
                  {formatCount(held)} new
                </Button>
              )}
              <Button
                size="sm"
                icon={isPaused ? "play" : "pause"}
                keys="p"
                aria-pressed={isPaused}
                onClick={() => setPaused(!isPaused)}
              >
                {isPaused ? "Follow" : "Pause"}
              </Button>
            </>
          }
        />
      }
    >
      <Answer
        query={{ ...query, data: page }}
        failed="The log did not load."
        loading={<SkeletonRows rows={16} label="Loading the log" />}
      >
        {(first) => (
          <AuditTable
            {...{ filter, setFilter, lines }}
            page={first}
            onReading={setReading}
            onEndReached={() => void (query.hasNextPage && query.fetchNextPage())}
          />
        )}
      </Answer>
    </Page>
  );
}
