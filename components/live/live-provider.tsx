"use client";

import { createContext, type ReactNode, use, useEffect, useState } from "react";
import { useTRPCClient } from "../trpc-provider.tsx";
import { createNewsDesk, type NewsDesk } from "./news-desk.ts";
import { openStream } from "./open-stream.ts";
import { type LiveStatus, shareStream } from "./share-stream.ts";

type Live = { desk: NewsDesk; status: LiveStatus };

const LiveContext = createContext<Live | null>(null);

/**
 * Keeps the studio live. Around every screen of somebody who is signed in; `person` names them,
 * so that tabs of two people never share a stream.
 */
export function LiveProvider({ person, children }: { person: string; children: ReactNode }) {
  const client = useTRPCClient();
  const [desk] = useState(createNewsDesk);
  const [status, setStatus] = useState<LiveStatus>("connecting");

  useEffect(() => {
    const ears = { telling: desk.hear, status: setStatus };
    const join = () =>
      shareStream({
        name: `fieldline-live-${person}`,
        open: (leaderEars) => openStream(client, leaderEars),
        ears,
        locks: navigator.locks,
      });
    let leave = join();
    // A page that is kept for going back must not hold the stream meanwhile.
    const hide = () => leave();
    const show = ({ persisted }: PageTransitionEvent) => {
      if (persisted) leave = join();
    };
    const look = () => desk.setAway(document.hidden);
    look();
    window.addEventListener("pagehide", hide);
    window.addEventListener("pageshow", show);
    document.addEventListener("visibilitychange", look);
    return () => {
      leave();
      window.removeEventListener("pagehide", hide);
      window.removeEventListener("pageshow", show);
      document.removeEventListener("visibilitychange", look);
    };
  }, [client, desk, person]);

  return <LiveContext value={{ desk, status }}>{children}</LiveContext>;
}

/** Whether what is on screen follows the database now. */
export function useLiveStatus(): LiveStatus {
  return useLive().status;
}

/** Where news of the database arrives; for `useLiveNews`. */
export function useNewsDesk(): NewsDesk {
  return useLive().desk;
}

function useLive(): Live {
  const live = use(LiveContext);
  if (live === null) throw new Error("This needs <LiveProvider> around it.");
  return live;
}
