"use client";

import { useRef, useState } from "react";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPCClient } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { formatCount } from "../../../components/ui/count.tsx";
import { Progress } from "../../../components/ui/progress.tsx";
import { filterOf, type HeldGroup } from "./held-filter.ts";

type Tally = {
  readonly released: number;
  readonly due: number;
  readonly held: number;
  readonly total: number;
  readonly state: "running" | "done" | "stopped";
  readonly problem: string | null;
};

/** Tries everything that one cause holds, page by page; it can be stopped between two. */
export function ReplayAll({ group }: { group: HeldGroup }) {
  const client = useTRPCClient();
  const [tally, setTally] = useState<Tally | null>(null);
  const stop = useRef(false);
  const run = async () => {
    stop.current = false;
    let now: Tally = { ...NONE, total: group.count };
    setTally(now);
    let after: string | null = null;
    try {
      do {
        const filter = filterOf(group);
        const page = await client.quarantine.replayMatching.mutate({ filter, after });
        now = {
          ...now,
          released: now.released + page.released,
          due: now.due + page.due,
          held: now.held + page.held,
        };
        after = page.next;
        setTally(now);
      } while (after !== null && !stop.current);
      setTally({ ...now, state: stop.current && after !== null ? "stopped" : "done" });
    } catch (error) {
      setTally({ ...now, state: "stopped", problem: problemOf(error).message });
    }
  };
  return (
    <div className="mt-1 flex flex-wrap items-center gap-3">
      {tally?.state === "running" ? (
        <Button size="sm" icon="pause" onClick={() => (stop.current = true)}>
          Stop
        </Button>
      ) : (
        <Button size="sm" icon="refresh" onClick={() => void run()}>
          {group.count === 1 ? "Try it again" : `Try all ${formatCount(group.count)} again`}
        </Button>
      )}
      {tally !== null && <TallyLine tally={tally} />}
    </div>
  );
}

const NONE: Tally = { released: 0, due: 0, held: 0, total: 0, state: "running", problem: null };

function TallyLine({ tally }: { tally: Tally }) {
  const { released, due, held, total, state, problem } = tally;
  const tried = released + due + held;
  return (
    <span role="status" className="flex min-w-40 items-center gap-3 type-small text-ink-2">
      {state === "running" && <Progress label="Tried" done={tried} total={total} />}
      {state !== "running" && (
        <span>
          {state === "stopped" && "Stopped. "}
          {formatCount(released)} released, {formatCount(due)} sent again, {formatCount(held)} still
          held.
        </span>
      )}
      {problem !== null && <span className="text-fail">{problem}</span>}
    </span>
  );
}
