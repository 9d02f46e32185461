"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { formatCount } from "../../../components/ui/count.tsx";
import { Progress } from "../../../components/ui/progress.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { filterOf, type HeldGroup, isSameFilter, type Replay } from "./held-filter.ts";

const PACES = [
  { value: "5", label: "5 a second" },
  { value: "20", label: "20 a second" },
  { value: "100", label: "100 a second" },
  { value: "200", label: "200 a second" },
] as const;
type Pace = (typeof PACES)[number]["value"];

/**
 * Tries everything that one cause holds, at a pace that the systems bear. An engine does it: the
 * page may be closed meanwhile, and whoever opens it sees how far it is and can stop it.
 */
export function ReplayAll({ group }: { group: HeldGroup }) {
  const trpc = useTRPC();
  const [pace, setPace] = useState<Pace>("20");
  const replays = useQuery(trpc.quarantine.replays.queryOptions());
  useLiveTopics(["runs"], trpc.quarantine.replays.queryFilter());
  const refetch = () => void replays.refetch();
  const start = useMutation(trpc.quarantine.startReplay.mutationOptions({ onSuccess: refetch }));
  const stop = useMutation(trpc.quarantine.stopReplay.mutationOptions({ onSuccess: refetch }));
  const filter = filterOf(group);
  const replay = replays.data?.find((one) => isSameFilter(one.filter, filter));
  const problem = start.error ?? stop.error;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-3">
      {replay?.state === "running" ? (
        <Button
          size="sm"
          icon="pause"
          busy={stop.isPending}
          onClick={() => stop.mutate({ run: replay.run })}
        >
          Stop
        </Button>
      ) : (
        <>
          <Button
            size="sm"
            icon="refresh"
            busy={start.isPending}
            onClick={() => start.mutate({ filter, perSecond: Number(pace) })}
          >
            {group.count === 1 ? "Try it again" : `Try all ${formatCount(group.count)} again`}
          </Button>
          {group.count > 1 && (
            <span className="w-36">
              <Select
                label="How fast they are tried"
                options={PACES}
                value={pace}
                onChange={setPace}
              />
            </span>
          )}
        </>
      )}
      <span role="status" className="flex min-w-40 items-center gap-3 type-small text-ink-2">
        {replay !== undefined && <TallyLine replay={replay} />}
        {problem !== null && <span className="text-fail">{problemOf(problem).message}</span>}
      </span>
    </div>
  );
}

function TallyLine({ replay }: { replay: Replay }) {
  const { state, perSecond, counts } = replay;
  const { released = 0, due = 0, held = 0, total = 0 } = counts;
  const note = `at most ${perSecond} a second`;
  const done = released + due + held;
  if (state === "running") return <Progress label="Tried" {...{ done, total, note }} />;
  return (
    <span>
      {state === "cancelled" && `Stopped after ${formatCount(done)} of ${formatCount(total)}: `}
      {formatCount(released)} released, {formatCount(due)} sent again, {formatCount(held)} still
      held.
    </span>
  );
}
