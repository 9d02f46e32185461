"use client";

import { useSyncExternalStore } from "react";
import { RAIL_KEY, THEME_KEY } from "./first-paint.ts";

export const THEMES = ["light", "dark", "system"] as const;
export type Theme = (typeof THEMES)[number];

const listeners = new Set<() => void>();

/** What the reader chose; "system" until a choice was made. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, readTheme, () => "system" as const);
}

/** Chooses light, dark, or what the system says, for this device. */
export function setTheme(theme: Theme): void {
  localStorage.setItem(THEME_KEY, theme);
  applyTheme();
  changed();
}

/** Whether the navigation stands open. On the server it counts as open. */
export function useRailOpen(): boolean {
  return useSyncExternalStore(subscribe, readRail, () => true);
}

/** Opens the navigation, or folds it to icons, for this device. */
export function setRailOpen(open: boolean): void {
  const rail = open ? "open" : "closed";
  localStorage.setItem(RAIL_KEY, rail);
  document.documentElement.dataset["rail"] = rail;
  changed();
}

function readTheme(): Theme {
  const stored = localStorage.getItem(THEME_KEY);
  return THEMES.find((theme) => theme === stored) ?? "system";
}

function readRail(): boolean {
  return document.documentElement.dataset["rail"] !== "closed";
}

function applyTheme(): void {
  const theme = readTheme();
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  const shown = theme === "system" ? systemTheme(dark) : theme;
  document.documentElement.dataset["theme"] = shown;
}

function systemTheme(dark: boolean): "dark" | "light" {
  return dark ? "dark" : "light";
}

function changed(): void {
  for (const listener of listeners) listener();
}

/** Follows a choice made in another tab; the system's own switch is followed since first paint. */
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("storage", applyTheme);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("storage", applyTheme);
  };
}
