"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { Segmented } from "../../../../components/ui/segmented.tsx";
import { SplitPane } from "../../../../components/ui/split-pane.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import { recordAt } from "../../../../server/core/audit/record-at.ts";
import { FieldTable } from "./field-table.tsx";
import { FormerRows } from "./former-rows.tsx";
import type { RecordData } from "./record-data.ts";
import { RECORD_VIEW } from "./record-view.ts";
import { StoryPanel } from "./story-panel.tsx";
import { TimeRail } from "./time-rail.tsx";

type History = UseQueryResult<Outputs["records"]["history"], unknown>;
type RecordPanesProps = { data: RecordData; history: History };

/** The values on one side, what happened on the other, and the time above both. */
export function RecordPanes({ data, history }: RecordPanesProps) {
  const [view, setView] = useQueryStates(RECORD_VIEW);
  const lines = history.data?.lines ?? [];
  const told = view.at === null ? null : recordAt(lines, view.at);
  return (
    <>
      <TimeRail
        {...{ data, lines }}
        at={view.at}
        onAt={(at) => void setView({ at }, { history: "replace" })}
      />
      <div className="border-rule border-b bg-panel px-4 py-2 md:hidden">
        <Segmented
          label="What is shown"
          options={[
            { value: "values", label: "Values" },
            { value: "story", label: "What happened" },
          ]}
          value={view.view}
          onChange={(next) => void setView({ view: next })}
        />
      </div>
      <SplitPane
        label="What happened"
        side="end"
        size={400}
        min={320}
        max={720}
        storageKey="record"
        narrow={view.view === "story" ? "panel" : "main"}
        panel={<StoryPanel {...{ data, history }} at={view.at} />}
      >
        <div data-scroll className="min-h-0 flex-1 overflow-y-auto bg-panel">
          <FieldTable
            {...{ data, lines, told }}
            at={view.at}
            open={view.field}
            onOpen={(field) => void setView({ field })}
          />
          <FormerRows data={data} />
        </div>
      </SplitPane>
    </>
  );
}
