"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Answer } from "../../../../components/answer.tsx";
import { useLiveTopics } from "../../../../components/live/use-live-topics.ts";
import { Page } from "../../../../components/shell/page.tsx";
import { systemState } from "../../../../components/systems/system-state.ts";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Banner } from "../../../../components/ui/banner.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { IconButton } from "../../../../components/ui/icon-button.tsx";
import { Lamp } from "../../../../components/ui/lamp.tsx";
import { Menu } from "../../../../components/ui/menu.tsx";
import { SkeletonRows } from "../../../../components/ui/skeleton.tsx";
import { Time } from "../../../../components/ui/time.tsx";
import { LineBullet } from "../../../../components/values/line-bullet.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import { CheckSection } from "./check-section.tsx";
import { FreshSection } from "./fresh-section.tsx";
import { IdentitySection } from "./identity-section.tsx";
import { ObjectsSection } from "./objects-section.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";

// Its form brings the check of every kind of setting with it.
const ConnectionDrawer = dynamic(() =>
  import("./connection-drawer.tsx").then((part) => part.ConnectionDrawer),
);

export type SystemData = Outputs["systems"]["find"];

const CRUMBS = [{ label: "Systems", href: "/systems" }];

/** One system. */
export function SystemPage({ system }: { system: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.systems.find.queryOptions({ system }));
  useLiveTopics(
    ["systems", "maps", "deliveries", "quarantine"],
    trpc.systems.find.queryFilter({ system }),
  );
  if (query.data !== undefined) return <Loaded data={query.data} />;
  return (
    <Page title="System" crumbs={CRUMBS}>
      <Answer
        query={query}
        failed="The system did not load."
        loading={<SkeletonRows label="Loading the system" />}
      >
        {() => null}
      </Answer>
    </Page>
  );
}

function Loaded({ data }: { data: SystemData }) {
  const [open, setOpen] = useState<"connection" | "remove" | null>(null);
  const { identity, facts, connector } = data;
  const state = systemState(facts);
  const openAs = (which: "connection" | "remove") => (isOpen: boolean) =>
    setOpen(isOpen ? which : null);
  return (
    <Page
      title={identity.name}
      crumbs={CRUMBS}
      mark={<LineBullet system={identity} size={40} quiet />}
      lede={
        <span className="flex flex-wrap items-center gap-x-2">
          <Lamp state={state.lamp} label="" />
          <span>
            {state.words}, {connector.title}, connected <Time at={data.createdAt} form="clock" />
          </span>
        </span>
      }
      actions={
        <>
          <Button icon="edit" onClick={() => setOpen("connection")}>
            Change connection
          </Button>
          <Menu
            trigger={<IconButton icon="dots" label="More" variant="secondary" />}
            entries={[
              {
                label: "Remove this system",
                icon: "trash",
                danger: true,
                onSelect: () => setOpen("remove"),
              },
            ]}
          />
        </>
      }
      bar={
        <>
          <FailureBanner data={data} onMend={() => setOpen("connection")} />
          <ComparingBanner data={data} />
        </>
      }
    >
      <div className="grid grid-cols-1 gap-8 xl:grid-cols-2">
        <CheckSection system={identity.id} />
        <FreshSection data={data} />
        <ObjectsSection data={data} className="xl:col-span-2" />
        <IdentitySection key={`${identity.name} ${identity.code} ${identity.line}`} data={data} />
      </div>
      {open === "connection" && (
        <ConnectionDrawer data={data} open onOpenChange={openAs("connection")} />
      )}
      <RemoveDialog data={data} open={open === "remove"} onOpenChange={openAs("remove")} />
    </Page>
  );
}

function ComparingBanner({ data }: { data: SystemData }) {
  const comparing = data.facts?.comparing ?? null;
  if (comparing === null) return null;
  const waits =
    comparing.because === "hub"
      ? "Nothing is written to any system before all of them are compared."
      : "Nothing is written to it before it is compared.";
  return (
    <Banner tone="warn" title={comparing.detail}>
      Since <Time at={comparing.since} />. {waits}
      {data.facts?.readingPaused === true &&
        " Its reading is stopped: the others go on without it."}
    </Banner>
  );
}

function FailureBanner({ data, onMend }: { data: SystemData; onMend: () => void }) {
  const failure = data.facts?.failure ?? null;
  if (failure === null) return null;
  const waiting = data.work?.due ?? 0;
  return (
    <Banner
      tone="fail"
      title={failure.detail}
      actions={<Button onClick={onMend}>Change connection</Button>}
    >
      Since <Time at={failure.since} />. It is tried again by itself. Nothing is lost:{" "}
      {waiting === 0
        ? "its changes wait in its log."
        : `its changes wait in its log, and ${waiting} records wait to be written.`}
    </Banner>
  );
}
