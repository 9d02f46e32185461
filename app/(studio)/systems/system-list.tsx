"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { Answer } from "../../../components/answer.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { Page } from "../../../components/shell/page.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { LinkButton } from "../../../components/ui/link-button.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { Toolbar } from "../../../components/ui/toolbar.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { SystemTable } from "./system-table.tsx";

type Systems = Outputs["systems"]["list"];

/** More systems than this, and finding one by eye takes a while. */
const FILTER_FROM = 6;

export function SystemList() {
  const trpc = useTRPC();
  const systems = useQuery(trpc.systems.list.queryOptions());
  const [find, setFind] = useQueryState("find", parseAsString.withDefault(""));
  useLiveTopics(["systems", "maps", "deliveries", "quarantine"], trpc.systems.list.queryFilter());
  const many = (systems.data?.length ?? 0) >= FILTER_FROM || find !== "";
  return (
    <Page
      title="Systems"
      lede="Whether each is reachable and fresh, and what it holds."
      actions={
        <LinkButton href="/systems/connect" icon="plus" variant="primary">
          Connect a system
        </LinkButton>
      }
      bar={
        many && (
          <Toolbar label="Filter">
            <Input
              icon="search"
              aria-label="Find a system"
              placeholder="Find a system"
              value={find}
              onChange={(text) => void setFind(text === "" ? null : text)}
              className="max-w-64"
            />
          </Toolbar>
        )
      }
      body="fill"
    >
      <Answer
        query={systems}
        failed="The systems did not load."
        loading={<SkeletonRows rows={4} label="Loading the systems" />}
      >
        {(list) => <Found {...{ list, find }} onClear={() => void setFind(null)} />}
      </Answer>
    </Page>
  );
}

type FoundProps = { list: Systems; find: string; onClear: () => void };

function Found({ list, find, onClear }: FoundProps) {
  if (list.length === 0) return <NoSystems />;
  const wanted = find.toLowerCase();
  const found = list.filter(({ identity, connector }) =>
    [identity.name, identity.id, identity.code, connector ?? ""].some((text) =>
      text.toLowerCase().includes(wanted),
    ),
  );
  if (found.length > 0) return <SystemTable systems={found} />;
  return (
    <EmptyState
      icon="search"
      title="No system fits"
      action={<Button onClick={onClear}>Show all {list.length}</Button>}
    >
      “{find}” hides {list.length} systems.
    </EmptyState>
  );
}

function NoSystems() {
  return (
    <EmptyState
      icon="cylinder"
      title="No system is connected"
      action={
        <LinkButton href="/systems/connect" variant="primary">
          Connect the first one
        </LinkButton>
      }
    >
      A system is a database or application whose records are to agree with others. Connecting one
      reads its tables and columns, and none of its rows.
    </EmptyState>
  );
}
