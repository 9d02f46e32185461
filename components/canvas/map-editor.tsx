"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Outputs } from "../../server/api/root.ts";
import { Answer } from "../answer.tsx";
import { Page } from "../shell/page.tsx";
import { useTRPC } from "../trpc-provider.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { LinkButton } from "../ui/link-button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { CanvasStoreContext, createCanvasStore } from "./canvas-state.ts";
import { useDesk } from "./draft/use-desk.ts";
import { EntityEditor } from "./entity-editor.tsx";
import { useDraftNews } from "./use-editor-data.ts";

const CRUMBS = [{ label: "Entities", href: "/entities" }];

/**
 * One entity of the map, to look at and to draw: canvas or grid, inspector, sample, publish.
 *
 * <MapEditor entity="product" />
 */
export function MapEditor({ entity }: { entity: string }) {
  const trpc = useTRPC();
  const draft = useQuery(trpc.maps.draft.queryOptions());
  return (
    <Answer
      query={draft}
      failed="The map did not load."
      loading={
        <Page title="…" crumbs={CRUMBS} body="fill">
          <CanvasSkeleton />
        </Page>
      }
    >
      {(data) => <WithDraft entity={entity} data={data} />}
    </Answer>
  );
}

type Loaded = Outputs["maps"]["draft"];

function WithDraft({ entity: id, data }: { entity: string; data: Loaded }) {
  const { desk, draft } = useDesk(data);
  const [store] = useState(createCanvasStore);
  const { live } = data;
  useDraftNews({ revision: draft.server.revision, live: live?.number ?? 0 });
  const entity = draft.document.entities.find((one) => one.id === id);
  if (entity === undefined) return <NoSuchEntity id={id} />;
  return (
    <CanvasStoreContext value={store}>
      <EntityEditor key={id} {...{ desk, draft, entity, live }} />
    </CanvasStoreContext>
  );
}

function NoSuchEntity({ id }: { id: string }) {
  return (
    <Page title={id} crumbs={CRUMBS}>
      <EmptyState
        icon="interchange"
        title="There is no such entity in the draft"
        action={<LinkButton href="/entities">All entities</LinkButton>}
      >
        It may have been removed, by you or somebody else; the undo of whoever removed it brings it
        back.
      </EmptyState>
    </Page>
  );
}

/** Three boxes where three boxes will be. */
function CanvasSkeleton() {
  return (
    <div
      role="status"
      aria-label="Loading the map"
      className="flex flex-1 justify-center gap-40 p-8"
    >
      <Skeleton className="h-72 w-72" />
      <Skeleton className="h-96 w-84" />
      <Skeleton className="h-60 w-72" />
    </div>
  );
}
