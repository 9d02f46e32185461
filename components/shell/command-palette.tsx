"use client";

import { Dialog } from "@base-ui/react/dialog";
import { Command as Cmdk } from "cmdk";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Icon } from "../ui/icon.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { type Command, useCommandRegistry } from "./commands.ts";
import { setOverlay, useFrame } from "./frame-state.ts";
import type { NavEntry } from "./nav-entry.ts";
import { useScopes } from "./use-shortcuts.ts";

type PaletteProps = { navigation: readonly NavEntry[] };

/** Everything that can be reached or done, found by typing: Ctrl or Cmd, and K. */
export function CommandPalette({ navigation }: PaletteProps) {
  const open = useFrame((state) => state.overlay === "palette");
  return (
    <Dialog.Root open={open} onOpenChange={(next) => setOverlay(next ? "palette" : null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[#0a1916]/32" />
        <Dialog.Popup
          aria-label="Find or do"
          className={
            "floating fixed top-[12vh] left-1/2 z-50 flex max-h-[70vh] w-[36rem] flex-col " +
            "max-w-[calc(100vw-2rem)] -translate-x-1/2 overflow-hidden text-ink outline-none"
          }
        >
          <PaletteBody navigation={navigation} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({ navigation }: PaletteProps) {
  const [query, setQuery] = useState("");
  const router = useRouter();
  const groups = byGroup([...useOffered(navigation), ...useFound(query)]);
  const choose = (command: Command) => {
    setOverlay(null);
    if (command.href !== undefined) router.push(command.href);
    else command.run?.();
  };
  return (
    <Cmdk label="Find or do" className="flex min-h-0 flex-col" loop>
      <div className="flex items-center gap-2 border-rule border-b px-3">
        <Icon name="search" size={16} className="text-ink-3" />
        <Cmdk.Input
          value={query}
          onValueChange={setQuery}
          placeholder="Go to a screen, find a record, do something"
          className="h-11 flex-1 bg-transparent type-body outline-none"
        />
        <Kbd keys="escape" />
      </div>
      <Cmdk.List data-scroll className="min-h-0 overflow-y-auto p-1">
        <Cmdk.Empty className="px-3 py-4 type-body text-ink-2">
          Nothing is called “{query}” here.
        </Cmdk.Empty>
        {[...groups].map(([group, commands]) => (
          <Cmdk.Group key={group} heading={group} className={GROUP}>
            {commands.map((command) => (
              <PaletteItem key={command.id} command={command} onChoose={choose} />
            ))}
          </Cmdk.Group>
        ))}
      </Cmdk.List>
    </Cmdk>
  );
}

const GROUP =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 " +
  "[&_[cmdk-group-heading]]:type-small [&_[cmdk-group-heading]]:text-ink-2";

type PaletteItemProps = { command: Command; onChoose: (command: Command) => void };

function PaletteItem({ command, onChoose }: PaletteItemProps) {
  return (
    <Cmdk.Item
      value={command.id}
      keywords={[command.label, ...(command.keywords ?? [])]}
      onSelect={() => onChoose(command)}
      className={
        "flex min-h-8 cursor-default items-center gap-2 rounded-control px-2 type-body " +
        "select-none data-[selected=true]:bg-sunk"
      }
    >
      <Icon name={command.icon ?? "arrow-right"} size={16} className="text-ink-2" />
      <span className="min-w-0 truncate">{command.label}</span>
      {command.note !== undefined && (
        <span className="min-w-0 truncate type-small text-ink-2">{command.note}</span>
      )}
      <span className="ml-auto">{command.keys !== undefined && <Kbd keys={command.keys} />}</span>
    </Cmdk.Item>
  );
}

/** What is on offer without asking anybody: screens, what screens registered, what keys do. */
function useOffered(navigation: readonly NavEntry[]): Command[] {
  const lists = useCommandRegistry((state) => state.lists);
  const scopes = useScopes();
  const screens = navigation.map((entry) => ({
    id: `go:${entry.id}`,
    label: entry.label,
    group: "Go to",
    icon: entry.icon,
    keys: `g ${entry.letter}`,
    href: entry.href,
  }));
  const keyed = scopes.flatMap((scope) =>
    scope.shortcuts
      .filter((shortcut) => shortcut.hidden !== true && !OWN_LINES.test(shortcut.keys))
      .map((shortcut) => ({
        id: `key:${scope.name}:${shortcut.id}`,
        label: shortcut.label,
        group: scope.name,
        icon: "keyboard" as const,
        keys: shortcut.keys,
        run: shortcut.run,
      })),
  );
  return [...screens, ...[...lists.values()].flat(), ...keyed];
}

/** Screens have lines of their own, and the palette is open already. */
const OWN_LINES = /^(g .|mod\+k)$/;

/** Typing pauses this long before anybody is asked. */
const SETTLE_MS = 120;

/** What the registered sources find for the query; an answer to an older query is dropped. */
function useFound(query: string): readonly Command[] {
  const sources = useCommandRegistry((state) => state.sources);
  const [found, setFound] = useState<readonly Command[]>([]);
  useEffect(() => {
    if (query.trim() === "" || sources.size === 0) {
      setFound([]);
      return;
    }
    const abort = new AbortController();
    const ask = async () => {
      const answers = await Promise.allSettled(
        [...sources].map((source) => source(query.trim(), abort.signal)),
      );
      if (abort.signal.aborted) return;
      setFound(answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : [])));
    };
    const timer = setTimeout(() => void ask(), SETTLE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [query, sources]);
  return found;
}

function byGroup(commands: readonly Command[]): Map<string, Command[]> {
  return Map.groupBy(commands, (command) => command.group);
}
