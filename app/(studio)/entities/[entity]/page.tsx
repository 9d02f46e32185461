import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { MapEditor } from "../../../../components/canvas/map-editor.tsx";
import { preload, trpc } from "../../../../server/api/rsc.ts";

export const metadata: Metadata = { title: "Entity" };

type Props = { params: Promise<{ entity: string }> };

/** One entity of the map: where its fields come from and go to, and who owns them. */
export default async function EntityPage({ params }: Props) {
  const entity = decodeURIComponent((await params).entity);
  const state = await preload(
    trpc.maps.draft.queryOptions(),
    trpc.maps.shapes.queryOptions({ entity }),
    trpc.maps.layout.queryOptions({ entity }),
    trpc.maps.facts.queryOptions({ entity }),
    trpc.maps.check.queryOptions(),
    trpc.session.who.queryOptions(),
  );
  return (
    <HydrationBoundary state={state}>
      <MapEditor entity={entity} />
    </HydrationBoundary>
  );
}
