"use client";

import Link from "next/link";
import { Lamp, type LampState } from "../../ui/lamp.tsx";
import { Time } from "../../ui/time.tsx";
import type { DeskState } from "./draft-desk.ts";

type DraftStatusProps = {
  draft: DeskState;
  /** Number of the version that runs; null before the first. */
  live: number | null;
  /** How many rules the draft changes. */
  changed: number;
};

/**
 * Whether what is on screen runs: always in sight. Nothing that is drawn takes effect before it is
 * published.
 *
 * <DraftStatus draft={draft} live={3} changed={4} />
 */
export function DraftStatus(props: DraftStatusProps) {
  const { lamp, words } = statusOf(props);
  const { draft, changed } = props;
  const isSaved = draft.waiting === 0 && !draft.isOffline;
  return (
    <span role="status" className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <span className="inline-flex items-center gap-1.5 font-[550] text-ink">
        <Lamp state={lamp} label="" size={12} />
        {words}
      </span>
      {isSaved && changed > 0 && draft.server.updatedAt !== null && (
        <Time at={draft.server.updatedAt} form="clock" />
      )}
      {changed > 0 && (
        <Link href="/versions?from=live&to=draft" className="link">
          {changed === 1 ? "1 change" : `${changed} changes`}
        </Link>
      )}
    </span>
  );
}

function statusOf({ draft, live, changed }: DraftStatusProps): { lamp: LampState; words: string } {
  const { waiting, isOffline } = draft;
  if (isOffline) {
    const what = waiting === 1 ? "1 change waits" : `${waiting} changes wait`;
    return { lamp: "paused", words: `Offline: ${what} in this window` };
  }
  if (waiting > 0) return { lamp: "running", words: "Saving to draft, not live" };
  if (changed > 0) return { lamp: "draft", words: "Saved to draft, not live" };
  if (live === null) return { lamp: "waiting", words: "Nothing is live yet" };
  return { lamp: "ok", words: `Version ${live} is live, nothing drafted` };
}
