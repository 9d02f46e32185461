"use client";

import { useQuery } from "@tanstack/react-query";
import { Answer } from "../../../components/answer.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { Section } from "../../../components/shell/section.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { agreementOf, shareText } from "./agreement.ts";
import { BoardGrid } from "./board-grid.tsx";

type Board = NonNullable<Outputs["home"]["board"]>;

/** Every entity by every system: a lamp each, and how many records agree. */
export function SignalBoard() {
  const trpc = useTRPC();
  const board = useQuery(trpc.home.board.queryOptions());
  useLiveTopics(
    ["records", "deliveries", "conflicts", "quarantine", "systems", "maps"],
    trpc.home.board.queryFilter(),
  );
  const data = board.data ?? null;
  return (
    <Section title="Signal board" note={data === null ? undefined : noteOf(data)} flush>
      <Answer
        query={board}
        failed="The signal board did not load."
        loading={<SkeletonRows rows={3} label="Loading the signal board" />}
      >
        {(loaded) =>
          loaded === null || loaded.entities.length === 0 ? (
            <EmptyState title="No entity yet">
              The live map has no entity: draw one and publish it.
            </EmptyState>
          ) : (
            <BoardGrid board={loaded} />
          )
        }
      </Answer>
    </Section>
  );
}

function noteOf(board: Board): string {
  const { records, apart } = agreementOf(board.entities);
  if (records === 0) return `map version ${board.version}, no records yet`;
  return `${shareText(records, apart)} of all records agree, map version ${board.version}`;
}
