"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useReducer, useRef } from "react";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC, useTRPCClient } from "../../../components/trpc-provider.tsx";
import { useNotices } from "../../../components/ui/notices.ts";
import { notify } from "../../../components/ui/toast.tsx";
import type { Inputs, Outputs } from "../../../server/api/root.ts";
import type { Question } from "./conflict-filter.ts";
import { asksTheSame, decisions, NO_DECISIONS } from "./decisions.ts";
import { useSendingLine } from "./use-sending-line.ts";

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
  const { sending, inOrder } = useSendingLine(() =>
    queryClient.invalidateQueries(trpc.conflicts.list.infiniteQueryFilter()),
  );
  /** What becomes of questions that are being taken back. */
  const returning = useRef(new Map<string, Promise<Question | null>>());
  const notices = useRef(new Map<string, number>());

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
    const back = returning.current.get(question.id);
    void inOrder(async () => {
      const asked = presentOf(question, await back);
      if (asked !== null) await ask(asked, choice);
      else refuse((await back) ?? question, MOVED);
    });
  };

  const ask = async (question: Question, choice: Choice) => {
    try {
      const { id: conflict, revision } = question;
      settle(question, await client.conflicts.resolve.mutate({ conflict, revision, choice }));
    } catch (error) {
      const { kind, message } = problemOf(error);
      refuse(question, kind === "offline" ? UNREACHED : message);
    }
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
    const back = inOrder(() => takeBack(question));
    returning.current.set(question.id, back);
    void back.then(() => {
      if (returning.current.get(question.id) === back) returning.current.delete(question.id);
    });
  };

  /** Gives the question as it is open again; null where its answer stands. */
  const takeBack = async (question: Question): Promise<Question | null> => {
    try {
      const { question: open } = await client.conflicts.undo.mutate({ conflict: question.id });
      send({ type: "undone", question: open ?? question });
      return open ?? question;
    } catch (error) {
      send({ type: "stands", question });
      const { message } = problemOf(error);
      notify({ title: "It could not be taken back", detail: message, tone: "fail" });
      return null;
    }
  };

  return { state, sending, decide };
}

/**
 * The question that an answer is sent to: as it was shown, or as it is open again since. Whoever
 * answers while it is still being taken back has seen the old one: null where its values are
 * others now. Where it could not be taken back, the server says so.
 */
function presentOf(shown: Question, open: Question | null | undefined): Question | null {
  if (open === null || open === undefined) return shown;
  return asksTheSame(open, shown) ? open : null;
}

const MOVED =
  "A value changed while you decided, so nothing was done. Look at the new values and decide again.";

const UNREACHED =
  "The server does not answer, so nothing was decided. Decide again when the connection is back.";

function settledWords(by: string | null): string {
  if (by === null || by === "engine") return "The sides came to agree by themselves.";
  return `${by} decided this question before you. That answer stands.`;
}
