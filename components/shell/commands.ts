"use client";

import { useEffect, useRef } from "react";
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

/**
 * Offers commands in the palette while the calling component is on the page.
 *
 * useCommands([{ id: "publish", label: "Publish", group: "Map", run: publish }]);
 */
export function useCommands(list: readonly Command[]): void {
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  const shape = JSON.stringify(list.map(({ run: _, ...rest }) => rest));
  useEffect(() => {
    const key = Symbol("commands");
    const parsed = JSON.parse(shape) as Command[];
    const commands = parsed.map((entry) => ({
      ...entry,
      run: () => latest.current.find(({ id }) => id === entry.id)?.run?.(),
    }));
    useCommandRegistry.setState(({ lists }) => ({ lists: new Map(lists).set(key, commands) }));
    return () =>
      useCommandRegistry.setState(({ lists }) => ({
        lists: new Map([...lists].filter(([each]) => each !== key)),
      }));
  }, [shape]);
}

/**
 * Lets the palette search while the calling component is on the page. Keep `source` stable.
 *
 * useCommandSource(findRecords);
 */
export function useCommandSource(source: CommandSource): void {
  useEffect(() => {
    useCommandRegistry.setState(({ sources }) => ({ sources: new Set([...sources, source]) }));
    return () =>
      useCommandRegistry.setState(({ sources }) => ({
        sources: new Set([...sources].filter((each) => each !== source)),
      }));
  }, [source]);
}
