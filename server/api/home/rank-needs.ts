import type { EntityId, SystemId } from "../../core/ids.ts";
import { asId } from "../../core/ids.ts";
import type { ConflictKind } from "../../core/reconcile/state.ts";
import type {
  DriftGroup,
  EngineState,
  FailingSystem,
  WaitingGroup,
  WaitingRun,
} from "../../storage/screens/home.ts";
import { detailOf } from "../runs/detail-words.ts";

/** Something that goes on only when a person does something. */
export type Need = {
  readonly kind: "engine" | "failing" | "drift" | "approval" | ConflictKind | "held";
  /** How many of them. */
  readonly count: number;
  /** Since when the oldest waits, ISO 8601 UTC; null where nobody knows. */
  readonly oldest: string | null;
  readonly systems: readonly SystemId[];
  readonly entity: EntityId | null;
  /** Records that stand still because of it. */
  readonly blocked: number;
  /** The system's own words, or which objects. */
  readonly detail: string | null;
  /** The run that asks, for an approval. */
  readonly run: string | null;
};

export type Waiting = {
  readonly questions: readonly (WaitingGroup & { readonly kind: ConflictKind })[];
  readonly held: readonly WaitingGroup[];
  readonly drift: readonly DriftGroup[];
  readonly failing: readonly FailingSystem[];
  readonly runs: readonly WaitingRun[];
  readonly engine: EngineState;
  /** Whether there is anything for an engine to do. */
  readonly isConnected: boolean;
};

/**
 * Everything that waits for a person, the most harmful first: records that stand still times how
 * long they have.
 */
export function rankNeeds(waiting: Waiting, now: Date): Need[] {
  const needs = [
    ...engineNeeds(waiting),
    ...waiting.failing.map(failingNeed),
    ...waiting.drift.map(driftNeed),
    ...waiting.runs.map(approvalNeed),
    ...waiting.questions.map((group) => groupNeed(group.kind, group)),
    ...waiting.held.map((group) => groupNeed("held", group)),
  ];
  return needs.sort((a, b) => harmOf(b, now) - harmOf(a, now));
}

function harmOf(need: Need, now: Date): number {
  // Without an engine nothing at all moves.
  if (need.kind === "engine") return Number.POSITIVE_INFINITY;
  const since = need.oldest === null ? now.getTime() : Date.parse(need.oldest);
  const minutes = 1 + Math.max(0, now.getTime() - since) / 60_000;
  return Math.max(1, need.blocked) * minutes;
}

function engineNeeds({ engine, isConnected }: Waiting): Need[] {
  if (engine.alive > 0 || !isConnected) return [];
  return [{ ...NOTHING, kind: "engine", count: 1, oldest: engine.lastSeen }];
}

const NOTHING = { systems: [], entity: null, blocked: 0, detail: null, run: null } as const;

function failingNeed({ system, failure, due }: FailingSystem): Need {
  return {
    ...NOTHING,
    kind: "failing",
    count: 1,
    oldest: failure.since,
    systems: [asId<SystemId>(system)],
    blocked: due,
    detail: failure.detail,
  };
}

function driftNeed({ system, objects, breaking, oldest }: DriftGroup): Need {
  return {
    ...NOTHING,
    kind: "drift",
    count: objects.length,
    oldest,
    systems: [asId<SystemId>(system)],
    blocked: breaking ? objects.length : 0,
    detail: objects.join(", "),
  };
}

function approvalNeed(run: WaitingRun): Need {
  const { id, system, since } = run;
  const { words, asks } = detailOf(run);
  return {
    ...NOTHING,
    kind: "approval",
    count: 1,
    oldest: since,
    systems: system === null ? [] : [asId<SystemId>(system)],
    blocked: asks?.rows ?? 0,
    detail: words,
    run: id,
  };
}

function groupNeed(kind: ConflictKind | "held", group: WaitingGroup): Need {
  return {
    ...NOTHING,
    kind,
    count: group.count,
    oldest: group.oldest,
    systems: group.systems.map((system) => asId<SystemId>(system)),
    entity: asId<EntityId>(group.entity),
    blocked: group.count,
  };
}
