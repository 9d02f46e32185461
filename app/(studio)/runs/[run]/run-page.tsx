"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Answer } from "../../../../components/answer.tsx";
import { useLiveTopics } from "../../../../components/live/use-live-topics.ts";
import { Page } from "../../../../components/shell/page.tsx";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Banner } from "../../../../components/ui/banner.tsx";
import { useNow } from "../../../../components/ui/clock.ts";
import { formatCount } from "../../../../components/ui/count.tsx";
import { Lamp } from "../../../../components/ui/lamp.tsx";
import { SkeletonRows } from "../../../../components/ui/skeleton.tsx";
import { Time } from "../../../../components/ui/time.tsx";
import { LineBullet } from "../../../../components/values/line-bullet.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import { durationOf, durationWords, kindWords, NUMBERS, stateWords } from "../run-words.ts";
import { AskBanner } from "./ask-banner.tsx";
import { FailureSection } from "./failure-section.tsx";
import { LineSection } from "./line-section.tsx";
import { RunActs } from "./run-acts.tsx";
import { WaitingSection } from "./waiting-section.tsx";

export type RunData = Outputs["runs"]["find"];

const CRUMBS = [{ label: "Runs", href: "/runs" }];

/** One run: its numbers, its failures, and every record that it touched. */
export function RunPage({ run }: { run: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.runs.find.queryOptions({ run }));
  useLiveTopics(["runs", "quarantine"], trpc.runs.find.queryFilter({ run }));
  if (query.data !== undefined) return <Loaded data={query.data} />;
  return (
    <Page title="Run" crumbs={CRUMBS}>
      <Answer
        query={query}
        failed="The run did not load."
        loading={<SkeletonRows label="Loading the run" />}
      >
        {() => null}
      </Answer>
    </Page>
  );
}

function Loaded({ data }: { data: RunData }) {
  const { lamp, words } = stateWords(data.state);
  return (
    <Page
      title={
        data.object === null ? kindWords(data.kind) : `${kindWords(data.kind)}: ${data.object}`
      }
      crumbs={CRUMBS}
      mark={<Lamp state={lamp} size={20} label={words} />}
      lede={<Facts data={data} />}
      actions={<RunActs data={data} />}
      bar={<RunBanner data={data} />}
    >
      <div className="flex flex-col gap-8">
        <Numbers data={data} />
        <WaitingSection data={data} />
        <FailureSection data={data} />
        <LineSection data={data} />
      </div>
    </Page>
  );
}

function Facts({ data }: { data: RunData }) {
  const now = useNow();
  const system = data.systems.find(({ id }) => id === data.system);
  const isOver = data.finishedAt !== null;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>{stateWords(data.state).words}</span>
      {system !== undefined && (
        <Link href={`/systems/${system.id}`} className="inline-flex items-center gap-1.5 link">
          <LineBullet system={system} quiet />
          {system.name}
        </Link>
      )}
      {data.entity !== null && (
        <Link href={`/entities/${data.entity.id}`} className="link">
          {data.entity.name}
        </Link>
      )}
      {data.mapVersion !== null && (
        <Link href={`/versions?version=${data.mapVersion}`} className="link">
          map version {data.mapVersion}
        </Link>
      )}
      <span>
        started <Time at={data.startedAt} />
      </span>
      {(isOver || now !== null) && (
        <span>
          {isOver ? "took" : "for"} {durationWords(durationOf(data, now ?? new Date(0)))}
        </span>
      )}
      {data.engine !== null && <span>by {data.engine}</span>}
    </span>
  );
}

function RunBanner({ data }: { data: RunData }) {
  const { words, asks } = data.detail;
  if (asks !== null) return <AskBanner run={data.id} words={words ?? ""} asks={asks} />;
  if (words === null) return null;
  return <Banner tone={data.state === "failed" ? "fail" : "info"} title={words} />;
}

function Numbers({ data }: { data: RunData }) {
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3">
      {NUMBERS.map(({ id, label, of }) => {
        const value = of(data.counts);
        return (
          <div key={id} className="flex flex-col-reverse">
            <dt className="type-small text-ink-2">{label}</dt>
            <dd className="type-figure tabular-nums">
              {value === null ? <span className="text-ink-3">–</span> : formatCount(value)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
