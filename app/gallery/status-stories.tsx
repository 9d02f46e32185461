"use client";

import { Badge, type Tone } from "../../components/ui/badge.tsx";
import { Banner } from "../../components/ui/banner.tsx";
import { Button } from "../../components/ui/button.tsx";
import { CodeBlock } from "../../components/ui/code-block.tsx";
import { CopyButton } from "../../components/ui/copy-button.tsx";
import { Count } from "../../components/ui/count.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { ErrorState } from "../../components/ui/error-state.tsx";
import { LAMP_STATES, Lamp } from "../../components/ui/lamp.tsx";
import { Progress } from "../../components/ui/progress.tsx";
import { SkeletonRows } from "../../components/ui/skeleton.tsx";
import { Time } from "../../components/ui/time.tsx";
import { Chapter, Story } from "./story.tsx";

const TONES: readonly Tone[] = ["plain", "ok", "run", "warn", "fail", "conflict", "draft"];

/** States: lamps, badges, banners, progress, nothing, failure. */
export function StatusStories() {
  return (
    <Chapter title="Status">
      <Story title="Lamps, 12, 16 and 20 px">
        <div className="grid w-full grid-cols-[repeat(auto-fill,minmax(132px,1fr))] gap-2">
          {LAMP_STATES.map((state) => (
            <span key={state} className="flex items-center gap-1.5 type-label">
              <Lamp state={state} size={12} label="" />
              <Lamp state={state} label="" />
              <Lamp state={state} size={20} label="" />
              {state}
            </span>
          ))}
        </div>
      </Story>
      <Story title="Badges">
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
      </Story>
      <Story title="Time, counts, copy">
        <Time at="2026-11-23T12:02:00Z" />
        <Time at="2025-05-03T12:02:00Z" form="clock" />
        <Count value={12_480} />
        <Count value={7} pill of="open" />
        <CopyButton text="4711" label="Copy id" />
      </Story>
      <Story title="Progress: known end, unknown end" flush>
        <div className="flex flex-col gap-4 p-4">
          <Progress label="Reading products" done={1_200} total={5_000} note="1 to 2 min left" />
          <Progress label="Reading customers" done={312} total={null} note="waiting until 14:10" />
        </div>
      </Story>
      <Story title="Text to the letter">
        <div className="w-full">
          <CodeBlock label="Command" text="npx fieldline why product P-00104 price" />
        </div>
      </Story>
      <Story title="Loading" flush>
        <SkeletonRows rows={4} label="Loading the list" />
      </Story>
      <BannerStories />
      <StateStories />
    </Chapter>
  );
}

function BannerStories() {
  return (
    <Story title="Banners" wide flush>
      <Banner
        tone="draft"
        title="Saved to draft, not live"
        actions={
          <Button size="sm" variant="primary">
            Publish
          </Button>
        }
      >
        3 changes since version 4.
      </Banner>
      <Banner tone="conflict" title="12 prices wait for a decision" />
      <Banner tone="warn" title="CRM was last heard from 4 hours ago" />
      <Banner tone="fail" title="Shop refuses writes: the password has expired" />
      <Banner title="Reading only: you may look and not change" />
    </Story>
  );
}

function StateStories() {
  return (
    <>
      <Story title="Nothing: first run" flush>
        <EmptyState
          icon="cylinder"
          title="No systems yet"
          action={<Button variant="primary">Start the sandbox</Button>}
        >
          A system is a database, shop or file that takes part. Start with three of our own.
        </EmptyState>
      </Story>
      <Story title="Nothing: filtered" flush>
        <EmptyState icon="filter" title="Nothing matches" action={<Button>Clear filters</Button>}>
          The filter “failed” hides 212 runs.
        </EmptyState>
      </Story>
      <Story title="Failure" flush>
        <ErrorState
          what="Shop refused 12 phone numbers."
          why="They contain letters."
          safe="Nothing was overwritten; the other 1,988 were written."
          action={<Button variant="primary">Correct them here</Button>}
          detail={'ERROR: value too long for type character varying(20)\ncolumn "phone"'}
          reference="R-4821"
        />
      </Story>
    </>
  );
}
