"use client";

import { useState } from "react";
import type { Evaluated, Impact } from "../../server/core/impact/impact.ts";
import { evaluatedSentence, rangeOf } from "../../server/core/impact/interval.ts";
import type { Stage } from "../../server/core/impact/progress-note.ts";
import { systemName } from "../../server/core/map/place.ts";
import { Banner } from "../ui/banner.tsx";
import { Button } from "../ui/button.tsx";
import { formatCount } from "../ui/count.tsx";
import { Progress } from "../ui/progress.tsx";
import { ImpactCounts } from "./impact-counts.tsx";
import { ImpactRows, type Shown } from "./impact-rows.tsx";
import { isWithoutEffect, newsWords, rangeText } from "./impact-words.ts";
import type { Preview, PreviewedMap, PreviewState } from "./use-preview.ts";

type ImpactPartProps = {
  preview: Preview;
  /** Why nothing is looked at yet. */
  idle: string;
};

/** What publishing would change where: how far the look at it is, and then what was found. */
export function ImpactPart({ preview, idle }: ImpactPartProps) {
  const { state, stop, look } = preview;
  return (
    <section aria-label="What it does to the records" className="border-rule border-t">
      <div className="flex min-h-10 flex-wrap items-center gap-x-3 border-rule border-b px-4 py-1">
        <h2 className="type-label">What it does to the records</h2>
        <Asides {...{ state, stop, look }} />
      </div>
      {state.kind === "idle" && <p className={LINE}>{idle}</p>}
      {state.kind === "running" && <Running state={state} />}
      {state.kind === "stopped" && (
        <p className={LINE}>Nobody has looked to the end. Nothing was written anywhere.</p>
      )}
      {state.kind === "failed" && <Banner tone="fail" title={state.message} />}
      {state.kind === "done" && <Found impact={state.impact} map={state.map} />}
    </section>
  );
}

const LINE = "px-4 py-3 type-body text-ink-2";

type AsidesProps = Omit<Preview, "state"> & { state: PreviewState };

/** How exact it is, and what can be done about it. */
function Asides({ state, stop, look }: AsidesProps) {
  switch (state.kind) {
    case "running":
      return (
        <Button size="sm" className="ml-auto" onClick={stop}>
          Stop looking
        </Button>
      );
    case "done":
      return <Sureness evaluated={state.impact.evaluated} lookAtAll={() => look({ all: true })} />;
    case "stopped":
    case "failed":
      return (
        <Button size="sm" icon="redo" className="ml-auto" onClick={() => look({ all: false })}>
          Look again
        </Button>
      );
    default:
      return null;
  }
}

type SurenessProps = { evaluated: Evaluated; lookAtAll: () => void };

function Sureness({ evaluated, lookAtAll }: SurenessProps) {
  return (
    <>
      <span className="min-w-0 flex-1 type-small text-ink-2">{evaluatedSentence(evaluated)}</span>
      {evaluated.records < evaluated.of && (
        <Button size="sm" onClick={lookAtAll}>
          Look at all {formatCount(evaluated.of)}
        </Button>
      )}
    </>
  );
}

const STAGES: Readonly<Record<Stage, string>> = {
  copying: "Copying what the hub has",
  deciding: "Deciding every row again",
  planning: "Planning what would be written",
};

function Running({ state }: { state: Extract<PreviewState, { kind: "running" }> }) {
  const { note } = state;
  return (
    <div className="px-4 py-3">
      <Progress
        label={STAGES[note?.stage ?? "copying"]}
        done={note?.done ?? 0}
        total={note === null || note.of === 0 ? null : note.of}
        note="nothing is written"
      />
    </div>
  );
}

type FoundProps = { impact: Impact; map: PreviewedMap };

function Found({ impact, map }: FoundProps) {
  const [shown, setShown] = useState<Shown>({ change: null, system: undefined });
  const { evaluated } = impact;
  const text = (count: number) => rangeText(rangeOf(evaluated, count, evaluated.records));
  const news = [
    newsWords(impact.conflicts, ["question for a person", "questions for people"], text),
    newsWords(impact.quarantine, ["held value", "held values"], text),
  ].filter((words) => words !== null);
  return (
    <>
      {evaluated.unread.map(({ system, object, why }) => (
        <Banner
          key={`${system} ${object}`}
          tone="warn"
          title={`${object} of ${systemName(map, system)} could not be read`}
        >
          {why} What the hub knows of it was used.
        </Banner>
      ))}
      {evaluated.doubts.map((doubt) => (
        <Banner key={doubt} title={doubt} />
      ))}
      {isWithoutEffect(impact) ? (
        <p className={LINE}>
          {evaluated.records < evaluated.of
            ? "None of the records that were looked at changes, in no system."
            : "No record changes, in no system."}
        </p>
      ) : (
        <>
          <ImpactCounts {...{ impact, map, shown, setShown }} />
          {news.length > 0 && (
            <p className="border-rule border-t px-4 py-2 type-body">{news.join(". ")}.</p>
          )}
          <ImpactRows {...{ impact, map, shown, setShown }} />
        </>
      )}
    </>
  );
}
