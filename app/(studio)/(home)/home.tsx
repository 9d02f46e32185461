"use client";

import { useQuery } from "@tanstack/react-query";
import { Answer } from "../../../components/answer.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { Page } from "../../../components/shell/page.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { NeedsYou } from "./needs-you.tsx";
import { SandboxPeople } from "./sandbox-people.tsx";
import { SignalBoard } from "./signal-board.tsx";
import { SinceLast } from "./since-last.tsx";
import { StartSteps } from "./start-steps.tsx";

/** Home: first what needs a person, then how everything stands. */
export function Home() {
  const trpc = useTRPC();
  const start = useQuery(trpc.home.start.queryOptions());
  useLiveTopics(["systems", "maps"], trpc.home.start.queryFilter());
  return (
    <Page title="Home">
      <Answer
        query={start}
        failed="Home did not load."
        loading={<SkeletonRows label="Loading Home" />}
      >
        {(steps) => (steps.published === 0 ? <StartSteps steps={steps} /> : <Overview />)}
      </Answer>
    </Page>
  );
}

function Overview() {
  return (
    <div className="flex flex-col gap-8">
      <NeedsYou />
      <SignalBoard />
      <SinceLast />
      <SandboxPeople />
    </div>
  );
}
