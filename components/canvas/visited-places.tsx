"use client";

import { useSyncExternalStore } from "react";
import { useShortcuts } from "../shell/use-shortcuts.ts";
import { IconButton } from "../ui/icon-button.tsx";

/**
 * Back and forward through what was chosen, opened and looked at. The browser keeps these places:
 * its own buttons lead through the same ones.
 */
export function VisitedPlaces() {
  const canGoBack = useSyncExternalStore(subscribe, readBack, isAlways);
  const canGoForward = useSyncExternalStore(subscribe, readForward, isAlways);
  useShortcuts("Map", [
    { id: "back", keys: "alt+left", label: "Back to the place before", run: goBack },
    { id: "forward", keys: "alt+right", label: "Forward again", run: goForward },
  ]);
  return (
    <span className="flex">
      <IconButton
        icon="arrow-left"
        label="Back to the place before"
        keys="alt+left"
        disabledReason={canGoBack ? undefined : "This is the first place"}
        onClick={goBack}
      />
      <IconButton
        icon="arrow-right"
        label="Forward again"
        keys="alt+right"
        disabledReason={canGoForward ? undefined : "This is the last place"}
        onClick={goForward}
      />
    </span>
  );
}

function goBack(): void {
  window.history.back();
}

function goForward(): void {
  window.history.forward();
}

/** What browsers tell of where they can go; those that do not tell are always asked to go. */
type Places = EventTarget & { readonly canGoBack: boolean; readonly canGoForward: boolean };

function places(): Places | undefined {
  return (window as { navigation?: Places }).navigation;
}

function subscribe(listener: () => void): () => void {
  const watched = places();
  watched?.addEventListener("currententrychange", listener);
  return () => watched?.removeEventListener("currententrychange", listener);
}

const readBack = () => places()?.canGoBack ?? true;
const readForward = () => places()?.canGoForward ?? true;
const isAlways = () => true;
