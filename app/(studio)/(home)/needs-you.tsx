"use client";

import { useQuery } from "@tanstack/react-query";
import { Answer } from "../../../components/answer.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { Section } from "../../../components/shell/section.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Lamp, type LampState } from "../../../components/ui/lamp.tsx";
import { LinkButton } from "../../../components/ui/link-button.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { Time } from "../../../components/ui/time.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { counted, type Need, needWords } from "./need-words.ts";

type Board = Outputs["home"]["board"];

/** More rows than this are no list to work through. */
const ROWS_MAX = 7;
/** A silent engine sends no news: what tells by its absence is looked for now and then. */
const SILENCE_MS = 60_000;

/** What goes on only when a person does something, the most harmful first. */
export function NeedsYou() {
  const trpc = useTRPC();
  const needs = useQuery(trpc.home.needs.queryOptions(undefined, { refetchInterval: SILENCE_MS }));
  const board = useQuery(trpc.home.board.queryOptions());
  useLiveTopics(["conflicts", "quarantine", "systems", "runs"], trpc.home.needs.queryFilter());
  return (
    <Section title="Needs you" note={noteOf(needs.data)} flush>
      <Answer
        query={needs}
        failed="What needs you did not load."
        loading={<SkeletonRows rows={3} label="Loading what needs you" />}
      >
        {(list) =>
          list.length === 0 ? <NothingToDo /> : <Needs needs={list} board={board.data ?? null} />
        }
      </Answer>
    </Section>
  );
}

function noteOf(needs: readonly Need[] | undefined): string | undefined {
  if (needs === undefined || needs.length <= ROWS_MAX) return undefined;
  return `the ${ROWS_MAX} most harmful of ${needs.length}`;
}

function NothingToDo() {
  return (
    <p className="flex items-center gap-3 px-4 py-4 type-body">
      <Lamp state="ok" label="" />
      Nothing needs you. Changes are read and written as they happen.
    </p>
  );
}

function Needs({ needs, board }: { needs: readonly Need[]; board: Board }) {
  const names = new Map(
    [...(board?.systems ?? []), ...(board?.entities ?? [])].map(({ id, name }) => [id, name]),
  );
  return (
    <ol>
      {needs.slice(0, ROWS_MAX).map((need) => {
        const words = needWords(need, names);
        return (
          <li
            key={`${need.kind} ${need.entity} ${need.systems.join(" ")} ${need.run}`}
            className={
              "grid grid-cols-[auto_1fr_auto] items-center gap-x-3 gap-y-1 border-rule border-b " +
              "px-4 py-2 last:border-b-0"
            }
          >
            <Lamp state={LAMPS[need.kind]} label="" size={20} />
            <div className="min-w-0">
              <div className="type-label">{words.act}</div>
              <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 type-small text-ink-2">
                <span className="min-w-0 break-words">{words.why}</span>
                <Since need={need} />
                <Bullets ids={need.systems} board={board} />
              </div>
            </div>
            {words.href !== null && (
              <LinkButton
                href={words.href}
                className="min-w-20"
                aria-label={`${words.verb}: ${words.act}`}
              >
                {words.verb}
              </LinkButton>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function Since({ need }: { need: Need }) {
  if (need.oldest === null) return null;
  return (
    <span>
      {need.count === 1 ? "since " : "oldest "}
      <Time at={need.oldest} />
      {need.kind === "failing" && need.blocked > 0 && (
        <>, {counted(need.blocked, "record")} waiting</>
      )}
    </span>
  );
}

function Bullets({ ids, board }: { ids: readonly string[]; board: Board }) {
  const systems = board?.systems.filter(({ id }) => ids.some((one) => one === id)) ?? [];
  return (
    <span className="inline-flex gap-1">
      {systems.map((system) => (
        <LineBullet key={system.id} system={system} />
      ))}
    </span>
  );
}

const LAMPS: Record<Need["kind"], LampState> = {
  engine: "failed",
  failing: "failed",
  drift: "warning",
  approval: "waiting",
  field: "conflict",
  identity: "conflict",
  delete: "conflict",
  held: "quarantined",
};
