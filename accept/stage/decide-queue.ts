import type { Choice } from "../../server/core/reconcile/answer.ts";
import type { Source } from "../../server/core/reconcile/state.ts";
import { resolveConflict } from "../../server/engine/acts/resolve-conflict.ts";
import type { Stage } from "./stage.ts";

export type Decided = {
  readonly decided: number;
  /** Answers that were not taken, in words. */
  readonly refused: readonly string[];
};

type Open = {
  id: string;
  kind: "field" | "delete";
  revision: number;
  candidates: { from: Source }[];
};

/**
 * Answers every open question as a person would, now for one side, now for the other, now for the
 * hub. A question that moved meanwhile is looked at again.
 */
export async function decideQueue(stage: Stage): Promise<Decided> {
  const answers = new Map<string, string>();
  for (;;) {
    const open = await stage.hub.sql<Open[]>`
      select id, kind, revision, candidates from conflicts where state = 'open'
        and not id = any(${[...answers.keys()]}::uuid[]) order by opened_at limit 500`;
    if (open.length === 0) break;
    for (const question of open) {
      const answer = await answerOne(stage, question, answers.size);
      if (answer !== "moved") answers.set(question.id, answer);
    }
  }
  const refused = [...answers].filter(([, answer]) => answer !== "decided");
  const decided = answers.size - refused.length;
  return { decided, refused: refused.map(([id, why]) => `${id}: ${why}`) };
}

async function answerOne(stage: Stage, question: Open, number: number): Promise<string> {
  const choice = choiceOf(question, number);
  const { id, revision } = question;
  const outcome = await resolveConflict(stage.acts, { conflict: id, revision, choice });
  if (outcome.kind === "moved") return "moved";
  if (outcome.kind === "resolved" || outcome.kind === "settled") return "decided";
  return JSON.stringify(outcome);
}

function choiceOf({ kind, candidates }: Open, number: number): Choice {
  if (kind === "delete") return { kind: "keep" };
  // Each contender in turn, and now and then the hub's own value.
  const one = candidates[number % (candidates.length + 1)];
  return one === undefined ? { kind: "hub" } : { kind: "candidate", from: one.from };
}
