"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { problemOf } from "../../problem-of.ts";
import { usePersonId } from "../../session/person-id.ts";
import { useTRPCClient } from "../../trpc-provider.tsx";
import { notify } from "../../ui/toast.tsx";
import {
  createDesk,
  type Desk,
  type DeskNews,
  type DeskState,
  type DraftAct,
  type DraftAnswer,
  type ServerDraft,
  Unreachable,
  type Waiting,
} from "./draft-desk.ts";
import { saveTyped } from "./typing.ts";

type Client = ReturnType<typeof useTRPCClient>;

/**
 * The draft as this browser works on it.
 * @param heard the draft as the server had it last
 */
export function useDesk(heard: ServerDraft): { desk: Desk; draft: DeskState } {
  const client = useTRPCClient();
  const person = usePersonId();
  const [desk] = useState(() =>
    afterTyping(
      createDesk(heard, {
        send: (act, revision) => send(client, act, revision),
        keep: (waiting) => keep(person, waiting),
        tell,
        wait,
      }),
    ),
  );
  useEffect(() => {
    const waiting = readKept(person);
    if (waiting !== null) desk.resume(waiting);
  }, [desk, person]);
  useEffect(() => desk.hear(heard), [desk, heard]);
  const draft = useSyncExternalStore(desk.subscribe, desk.state, desk.state);
  return { desk, draft };
}

/** The desk, with undo, redo and discard after what was typed until then. */
function afterTyping(desk: Desk): Desk {
  const after = (act: () => void) => () => {
    saveTyped();
    act();
  };
  const { undo, redo, discard } = desk;
  return { ...desk, undo: after(undo), redo: after(redo), discard: after(discard) };
}

async function send(client: Client, act: DraftAct, revision: number): Promise<DraftAnswer> {
  try {
    switch (act.kind) {
      case "edit":
        return await client.maps.edit.mutate({
          ...{ revision, edit: act.edit, suggestions: act.suggestions },
        });
      case "undo":
        return await client.maps.undo.mutate();
      case "redo":
        return await client.maps.redo.mutate();
      default:
        return await client.maps.discard.mutate();
    }
  } catch (error) {
    const { kind, message } = problemOf(error);
    // What one person drew waits for them, whoever is signed in here meanwhile.
    const waits = kind === "offline" || kind === "somebody-else";
    throw waits ? new Unreachable(message) : new Error(message, { cause: error });
  }
}

/** Waits, or until the browser is back on the network. */
function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
  });
}

/** Of this person, and of this tab alone: two tabs must not both send what waited in one. */
const keptOf = (person: string) => `fieldline-draft-waiting ${person}`;

function keep(person: string, waiting: Waiting | null): void {
  if (waiting === null) sessionStorage.removeItem(keptOf(person));
  else sessionStorage.setItem(keptOf(person), JSON.stringify(waiting));
}

function readKept(person: string): Waiting | null {
  const text = sessionStorage.getItem(keptOf(person));
  return text === null ? null : (JSON.parse(text) as Waiting);
}

function tell(news: DeskNews): void {
  notify("label" in news ? PAST[news.kind](news.label) : BAD[news.kind](news.message));
}

type Notice = Parameters<typeof notify>[0];

const PAST: Record<Extract<DeskNews, { label: string }>["kind"], (label: string) => Notice> = {
  undone: (label) => ({ title: `Undone: ${label}` }),
  redone: (label) => ({ title: `Done again: ${label}` }),
  discarded: () => ({ title: "The draft says what is live again" }),
};

const BAD: Record<Extract<DeskNews, { message: string }>["kind"], (detail: string) => Notice> = {
  refused: (detail) => ({ title: "This cannot be done", detail, tone: "warn" }),
  moved: (detail) => ({ title: "Somebody else was here", detail, tone: "warn" }),
  failed: (detail) => ({ title: "This was not saved", detail, tone: "fail" }),
};
