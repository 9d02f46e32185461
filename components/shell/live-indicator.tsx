"use client";

import { Lamp } from "../ui/lamp.tsx";
import { useFrame } from "./frame-state.ts";

/**
 * Whether what stands on the page is live, in a lamp and a word. Nothing until the first
 * connection; a change is spoken.
 */
export function LiveIndicator() {
  const live = useFrame((state) => state.live);
  if (live === "off") return null;
  const connected = live === "live";
  return (
    <span
      role="status"
      title={connected ? "Changes appear by themselves." : "The connection was lost; trying again."}
      className="inline-flex h-6 items-center gap-1.5 type-small text-ink-2"
    >
      <Lamp state={connected ? "ok" : "running"} label="" size={12} />
      {connected ? "Live" : "Reconnecting"}
    </span>
  );
}
