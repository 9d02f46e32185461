"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useFrame } from "../shell/frame-state.ts";
import { useTRPC } from "../trpc-provider.tsx";
import { useLiveStatus } from "./live-provider.tsx";
import { useLiveTopics } from "./use-live-topics.ts";

/** Keeps the frame's lamp and the counts in its navigation up to date. Draws nothing. */
export function FrameNews() {
  const trpc = useTRPC();
  const status = useLiveStatus();
  const { data: counts } = useQuery(trpc.home.counts.queryOptions());
  useLiveTopics(["conflicts", "quarantine"], trpc.home.counts.queryFilter());

  useEffect(() => {
    useFrame.setState({ live: status === "connecting" ? "off" : frameLive(status) });
  }, [status]);
  useEffect(() => {
    if (counts !== undefined) useFrame.setState({ counts });
  }, [counts]);
  return null;
}

function frameLive(status: "live" | "reconnecting" | "signed-out") {
  return status === "live" ? "live" : "reconnecting";
}
