"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import type { Binding } from "../../server/core/map/document.ts";
import { useLiveNews, useLiveTopics } from "../live/use-live-topics.ts";
import { useMayNot } from "../session/use-may-not.ts";
import { useTRPC, useTRPCClient } from "../trpc-provider.tsx";
import type { DeskState } from "./draft/draft-desk.ts";
import type { Editor } from "./editor-context.ts";
import { NO_FACTS } from "./flow-types.ts";

/** Everything around an entity's map that is asked of the server, kept fresh. */
export function useEditorData(
  entity: string,
  draft: DeskState,
): Pick<Editor, "schemaOf" | "facts" | "problems" | "readOnly"> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const shapes = useQuery(trpc.maps.shapes.queryOptions({ entity })).data;
  const facts = useQuery(trpc.maps.facts.queryOptions({ entity })).data;
  const check = useQuery(trpc.maps.check.queryOptions()).data;
  const mayNot = useMayNot("editor");
  useLiveTopics(["conflicts", "quarantine", "systems"], trpc.maps.facts.queryFilter({ entity }));
  useLiveTopics(["systems"], trpc.maps.shapes.queryFilter(), trpc.maps.check.queryFilter());

  const { revision } = draft.server;
  useEffect(() => {
    if (check === undefined || check.revision === revision) return;
    void queryClient.invalidateQueries(trpc.maps.check.queryFilter());
  }, [check, revision, queryClient, trpc]);

  // A newly bound object has a shape and rows that nobody has asked for yet.
  const bound = boundObjects(draft, entity);
  const isKnown = bound.every((one) => shapes?.some((shape) => shapeKey(shape) === one) === true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when other objects are bound, once the server knows.
  useEffect(() => {
    if (shapes === undefined || isKnown || draft.waiting > 0) return;
    void queryClient.invalidateQueries(trpc.maps.shapes.queryFilter());
    void queryClient.invalidateQueries(trpc.maps.sample.queryFilter());
  }, [bound.join(" "), draft.waiting]);

  const byObject = useMemo(
    () => new Map((shapes ?? []).map((shape) => [shapeKey(shape), shape.object])),
    [shapes],
  );
  const schemaOf = useCallback(
    ({ system, object }: Binding) => byObject.get(`${system} ${object}`) ?? null,
    [byObject],
  );
  return {
    ...{ schemaOf, facts: facts ?? NO_FACTS, problems: check?.problems ?? NO_PROBLEMS },
    readOnly: mayNot ?? null,
  };
}

const NO_PROBLEMS: Editor["problems"] = [];

function shapeKey(shape: { system: string; object: { name: string } }): string {
  return `${shape.system} ${shape.object.name}`;
}

function boundObjects({ document }: DeskState, entity: string): string[] {
  return document.bindings
    .filter((binding) => binding.entity === entity)
    .map(({ system, object }) => `${system} ${object}`);
}

/** Asks for the draft again when somebody else changed it, and only then. */
export function useDraftNews(known: { readonly revision: number; readonly live: number }): void {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  useLiveNews(["maps"], async () => {
    const marks = await client.maps.marks.query();
    if (marks.revision > known.revision || marks.live !== known.live) {
      await queryClient.invalidateQueries(trpc.maps.draft.queryFilter());
    }
    await queryClient.invalidateQueries(trpc.maps.layout.queryFilter());
  });
}
