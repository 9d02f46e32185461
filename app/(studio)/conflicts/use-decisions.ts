"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useReducer, useRef } from "react";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC, useTRPCClient } from "../../../components/trpc-provider.tsx";
import { useNotices } from "../../../components/ui/notices.ts";
import { notify } from "../../../components/ui/toast.tsx";
import type { Inputs, Outputs } from "../../../server/api/root.ts";
import type { Question } from "./conflict-filter.ts";
import { decisions, NO_DECISIONS } from "./decisions.ts";

export type Choice = Inputs["conflicts"]["resolve"]["choice"];

/** A decision with its words: for the list of notices, and for taking it back. */
export type Decided = {
  readonly question: Question;
  readonly choice: Choice;
  /** "Name of Rope: took Shop’s “Rope, blue”" */
  readonly words: string;
};

/**
 * Decides at once on screen, and sends the decisions one after the other. What the server refuses
 * comes back; what was decided can be taken back as long as it stands.
 * @param onReturn a question came back: show it
 */
export function useDecisions(onReturn: (question: Question) => void) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [state, send] = useReducer(decisions, NO_DECISIONS);
  const line = useRef<Promise<void>>(Promise.resolve());
  const waiting = useRef(0);
  const notices = useRef(new Map<string, number>());

  /** After the last of a burst the list is asked again, not after each. */
  const inOrder = (work: () => Promise<void>) => {
    waiting.current += 1;
    line.current = line.current.then(work).then(async () => {
      waiting.current -= 1;
      if (waiting.current > 0) return;
      await queryClient.invalidateQueries(trpc.conflicts.list.infiniteQueryFilter());
    });
  };

  const refuse = (question: Question, reason: string) => {
    withdrawNotice(question.id);
    send({ type: "refuse", question, reason });
    onReturn(question);
  };

  /** What was not decided by us cannot be taken back by us. */
  const withdrawNotice = (id: string) => {
    const notice = notices.current.get(id);
    if (notice === undefined) return;
    useNotices.setState(({ notices: all }) => ({
      notices: all.map((one) => (one.id === notice ? { ...one, undo: undefined } : one)),
    }));
  };

  const decide = ({ question, choice, words }: Decided) => {
    send({ type: "decide", question });
    const notice = useNotices.getState().add({
      title: words,
      tone: "ok",
      undo: { label: "Take back", run: () => undo(question) },
    });
    notices.current.set(question.id, notice.id);
    inOrder(async () => {
      try {
        const { id: conflict, revision } = question;
        settle(question, await client.conflicts.resolve.mutate({ conflict, revision, choice }));
      } catch (error) {
        const { kind, message } = problemOf(error);
        refuse(question, kind === "offline" ? UNREACHED : message);
      }
    });
  };

  const settle = (question: Question, outcome: Outputs["conflicts"]["resolve"]) => {
    if (outcome.kind === "moved") refuse(outcome.question ?? question, MOVED);
    if (outcome.kind === "invalid") refuse(question, outcome.message);
    if (outcome.kind === "settled") {
      withdrawNotice(question.id);
      notify({ title: "Somebody was faster", detail: settledWords(outcome.by), tone: "warn" });
    }
  };

  const undo = (question: Question) => {
    send({ type: "undo", question });
    onReturn(question);
    inOrder(async () => {
      try {
        const { question: open } = await client.conflicts.undo.mutate({ conflict: question.id });
        send({ type: "undone", question: open ?? question });
      } catch (error) {
        send({ type: "stands", question });
        const { message } = problemOf(error);
        notify({ title: "It could not be taken back", detail: message, tone: "fail" });
      }
    });
  };

  return { state, decide };
}

const MOVED =
  "A value changed while you decided, so nothing was done. Look at the new values and decide again.";

const UNREACHED =
  "The server does not answer, so nothing was decided. Decide again when the connection is back.";

function settledWords(by: string | null): string {
  if (by === null || by === "engine") return "The sides came to agree by themselves.";
  return `${by} decided this question before you. That answer stands.`;
}
