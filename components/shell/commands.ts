"use client";

import { create } from "zustand";
import type { IconName } from "../ui/icon-paths.ts";

/** One line of the palette: goes somewhere or does something. */
export type Command = {
  id: string;
  label: string;
  /** Heading in the palette: "Go to", "Systems". */
  group: string;
  icon?: IconName | undefined;
  /** A second, quieter text: "ERP, 4711". */
  note?: string | undefined;
  keys?: string | undefined;
  /** Other words that find it. */
  keywords?: readonly string[] | undefined;
  /** Either … */
  href?: string | undefined;
  /** … or … */
  run?: (() => void) | undefined;
};

/** Finds commands for what was typed, on the server for instance. */
export type CommandSource = (query: string, signal: AbortSignal) => Promise<readonly Command[]>;

type CommandsState = {
  lists: ReadonlyMap<symbol, readonly Command[]>;
  sources: ReadonlySet<CommandSource>;
};

/** What the palette offers now. */
export const useCommandRegistry = create<CommandsState>(() => ({
  lists: new Map(),
  sources: new Set(),
}));
