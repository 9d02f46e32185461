"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { Answer } from "../../../../components/answer.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { formatCount } from "../../../../components/ui/count.tsx";
import { LinkButton } from "../../../../components/ui/link-button.tsx";
import { SkeletonRows } from "../../../../components/ui/skeleton.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import type { LogLine, SpreadLine } from "../../../../server/core/audit/log-line.ts";
import { LineList } from "./line-list.tsx";
import { entityOf, type RecordData } from "./record-data.ts";

type StoryPanelProps = {
  data: RecordData;
  history: UseQueryResult<Outputs["records"]["history"], unknown>;
  at: string | null;
};

/** Lines that are drawn at once; the rest on request. */
const SHOWN_LINES = 100;

/** Everything that happened to the record, newest first, as it happens. */
export function StoryPanel({ data, history, at }: StoryPanelProps) {
  const [shown, setShown] = useState(SHOWN_LINES);
  const names = new Map(entityOf(data)?.fields.map(({ id, name }) => [id, name]));
  return (
    <>
      <div className="flex min-h-10 items-center justify-between gap-2 border-rule border-b bg-panel px-4">
        <h2 className="type-label">What happened</h2>
        <LinkButton size="sm" variant="quiet" icon="ledger" href={`/audit?record=${data.id}`}>
          In the audit log
        </LinkButton>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <div data-scroll tabIndex={0} className="min-h-0 flex-1 overflow-y-auto bg-panel">
        <Answer
          query={history}
          failed="What happened did not load."
          loading={<SkeletonRows rows={8} label="Loading what happened" />}
        >
          {({ lines, isWhole }) => (
            <>
              <LineList
                label="What happened"
                lines={lines.toReversed().slice(0, shown).map(toLine)}
                systems={data.document.systems}
                fieldName={(field) => names.get(field) ?? field}
                at={at}
              />
              {lines.length > shown && (
                <div className="p-4">
                  <Button size="sm" onClick={() => setShown(shown + SHOWN_LINES)}>
                    Show {formatCount(Math.min(SHOWN_LINES, lines.length - shown))} earlier
                  </Button>
                </div>
              )}
              {!isWhole && (
                <p className="px-4 py-3 type-small text-ink-2">
                  There is more than fits here; the audit log has all of it.
                </p>
              )}
            </>
          )}
        </Answer>
      </div>
    </>
  );
}

/** Of a made record or row the list tells how many values it got, not each of them. */
function toLine(line: LogLine): SpreadLine {
  const { after, ...rest } = line;
  const key = `${line.stream}:${line.number}`;
  const isMade = line.kind === "created" || line.kind === "row-created";
  if (!isMade) return { ...rest, key, ...(after === undefined ? {} : { after: after as never }) };
  const count = Object.keys(after ?? {}).length;
  const detail = `${formatCount(count)} ${count === 1 ? "value" : "values"}`;
  return { ...rest, key, cause: { ...line.cause, detail } };
}
