"use client";

import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { problemOf } from "../../../../components/problem-of.ts";
import { Section } from "../../../../components/shell/section.tsx";
import { bytesWords, spanWords } from "../../../../components/systems/system-state.ts";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { formatCount } from "../../../../components/ui/count.tsx";
import { Switch } from "../../../../components/ui/switch.tsx";
import { Time } from "../../../../components/ui/time.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import type { SystemData } from "./system-page.tsx";

/** How far behind we are, and the two switches that stop it. */
export function FreshSection({ data }: { data: SystemData }) {
  const { facts, work, detail } = data;
  return (
    <Section title="Fresh?" flush>
      <Switches data={data} />
      <dl>
        <Fact label="Last change in the system">
          {facts?.lastChangeAt ? <Time at={facts.lastChangeAt} /> : "None seen yet"}
        </Fact>
        <Fact label="Read up to it">
          {facts?.readAt ? <Time at={facts.readAt} /> : "Not read yet"}
        </Fact>
        <Fact label="Behind">{lagWords(data)}</Fact>
        <Fact label="Waiting to be written">
          {work === null || work.due === 0 ? (
            "Nothing"
          ) : (
            <>
              {formatCount(work.due)} records
              {work.oldestDue !== null && (
                <>
                  , the first since <Time at={work.oldestDue} />
                </>
              )}
            </>
          )}
        </Fact>
        <Fact label="Read by">{detail.reader ?? "No engine at the moment"}</Fact>
        <Fact label="Its clock">{clockWords(data)}</Fact>
        <Fact label={data.connector.hasLog ? "Place in its log" : "Last read"}>
          <span className="type-value break-all">{placeWords(data)}</span>
        </Fact>
      </dl>
    </Section>
  );
}

function Switches({ data }: { data: SystemData }) {
  const trpc = useTRPC();
  const pause = useMutation(
    trpc.systems.pause.mutationOptions({
      onError: (error) =>
        notify({
          title: "The switch stays as it was.",
          detail: problemOf(error).message,
          tone: "fail",
        }),
    }),
  );
  const system = data.identity.id;
  const reading = !(data.facts?.readingPaused ?? false);
  const writing = !(data.facts?.writingPaused ?? false);
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-2 border-rule border-b px-4 py-3">
      <Switch
        label={
          reading
            ? "Reading"
            : `Reading is stopped${data.connector.hasLog ? "; its changes wait in its log" : ""}`
        }
        checked={reading}
        disabled={pause.isPending}
        onChange={(on) => pause.mutate({ system, reading: !on })}
      />
      <Switch
        label={writing ? "Writing" : "Writing is stopped; what is to be written waits"}
        checked={writing}
        disabled={pause.isPending}
        onChange={(on) => pause.mutate({ system, writing: !on })}
      />
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 border-rule border-b px-4 py-1.5 last:border-b-0">
      <dt className="w-48 shrink-0 type-small text-ink-2">{label}</dt>
      <dd className="min-w-0 flex-1 basis-40 type-body">{children}</dd>
    </div>
  );
}

/** Of a system without a log the number of the read; what follows is for the engine alone. */
function placeWords({ detail, connector }: SystemData): string {
  const { position } = detail;
  if (position === null) return "–";
  return connector.hasLog ? position : `no. ${Number(position.slice(0, position.indexOf("~")))}`;
}

function lagWords({ facts, connector }: SystemData): string {
  if (facts === null || facts.lagBytes === null) return "Not known yet";
  if (!connector.hasLog) {
    return facts.lagBytes === 0 ? "Nothing waits" : `${formatCount(facts.lagBytes)} hints wait`;
  }
  const bytes = facts.lagBytes === 0 ? "nothing unread" : `${bytesWords(facts.lagBytes)} unread`;
  return facts.lagSeconds === null ? bytes : `${spanWords(facts.lagSeconds)}, ${bytes}`;
}

function clockWords({ detail }: SystemData): string {
  const { clockOffsetMs: offset, clockErrorMs: error } = detail;
  if (offset === null) return "Not measured yet";
  const exactness = error === null ? "" : `, give or take ${error} ms`;
  if (offset === 0) return `With ours${exactness}`;
  return `${Math.abs(offset)} ms ${offset > 0 ? "ahead of" : "behind"} ours${exactness}`;
}
