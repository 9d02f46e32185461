"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { undoNewest } from "../ui/notices.ts";
import { notify, Toaster } from "../ui/toast.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { setOverlay, toggleOverlay } from "./frame-state.ts";
import { listenToKeys } from "./keyboard.ts";
import type { NavEntry } from "./nav-entry.ts";
import { Overlays } from "./overlays.tsx";
import { Rail } from "./rail.tsx";
import type { Shortcut } from "./shortcuts.ts";
import { useShortcuts } from "./use-shortcuts.ts";

type FrameProps = {
  navigation: readonly NavEntry[];
  /** The signed-in person's menu (`UserMenu`), at the foot of the navigation. */
  user?: ReactNode;
  children: ReactNode;
};

/**
 * What stands around every screen: navigation, palette, keys, notices.
 *
 * <Frame navigation={NAVIGATION} user={<UserMenu name="Ana" />}>{children}</Frame>
 */
export function Frame({ navigation, user, children }: FrameProps) {
  useFrameKeys(navigation);
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a
        href="#main"
        className={
          "sr-only z-50 rounded-control bg-action px-3 py-2 type-label text-on-action " +
          "focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        }
      >
        Skip to the screen
      </a>
      <Rail {...{ navigation, user }} />
      <main id="main" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
        {children}
      </main>
      <BottomBar navigation={navigation} />
      <Overlays {...{ navigation, user }} />
      <Toaster />
    </div>
  );
}

function useFrameKeys(navigation: readonly NavEntry[]): void {
  const router = useRouter();
  useEffect(() => listenToKeys(), []);
  const screens = navigation.map((entry) => ({
    id: entry.id,
    keys: `g ${entry.letter}`,
    label: entry.label,
    run: () => router.push(entry.href),
  }));
  useShortcuts("Go to", screens, { base: true });
  useShortcuts("Everywhere", EVERYWHERE, { base: true });
}

const EVERYWHERE: readonly Shortcut[] = [
  {
    id: "palette",
    keys: "mod+k",
    label: "Find or do",
    always: true,
    run: () => toggleOverlay("palette"),
  },
  { id: "keys", keys: "?", label: "Keys", run: () => setOverlay("shortcuts") },
  { id: "undo", keys: "z", label: "Take back the last act", run: undo },
  { id: "notices", keys: "g n", label: "Notices", run: () => setOverlay("notices") },
];

function undo(): void {
  if (!undoNewest()) notify({ title: "Nothing to take back" });
}
