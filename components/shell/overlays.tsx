"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useEffect, useState } from "react";
import { setOverlay, useFrame } from "./frame-state.ts";
import type { NavEntry } from "./nav-entry.ts";

// None of them is seen when a page opens: their code comes when the page has settled.
const loadPalette = () => import("./command-palette.tsx");
const CommandPalette = dynamic(() => loadPalette().then((part) => part.CommandPalette));
const ShortcutHelp = dynamic(() => import("./shortcut-help.tsx").then((part) => part.ShortcutHelp));
const MoreDrawer = dynamic(() => import("./more-drawer.tsx").then((part) => part.MoreDrawer));
const NoticeHistory = dynamic(() =>
  import("../ui/notice-history.tsx").then((part) => part.NoticeHistory),
);

type OverlaysProps = { navigation: readonly NavEntry[]; user: ReactNode };

/** What floats above a page when it is asked for: palette, keys, notices, the rest of the bar. */
export function Overlays({ navigation, user }: OverlaysProps) {
  useEffect(() => {
    // Whoever presses its keys types at once: the palette should be there already.
    const idle = window.requestIdleCallback ?? window.setTimeout;
    idle(() => void loadPalette());
  }, []);
  return (
    <>
      {useWasOpened("palette") && <CommandPalette navigation={navigation} />}
      {useWasOpened("shortcuts") && <ShortcutHelp />}
      {useWasOpened("notices") && <Notices />}
      {useWasOpened("more") && <MoreDrawer {...{ navigation, user }} />}
    </>
  );
}

function Notices() {
  const open = useFrame((state) => state.overlay === "notices");
  return <NoticeHistory open={open} onOpenChange={(next) => setOverlay(next ? "notices" : null)} />;
}

/** From the first time on it stays, so that it can leave as it came. */
function useWasOpened(overlay: "palette" | "shortcuts" | "notices" | "more"): boolean {
  const isOpen = useFrame((state) => state.overlay === overlay);
  const [was, setWas] = useState(isOpen);
  if (isOpen && !was) setWas(true);
  return was || isOpen;
}
