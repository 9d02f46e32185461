"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Count } from "../ui/count.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { setOverlay, useFrame } from "./frame-state.ts";
import { Mark } from "./mark.tsx";
import { isCurrent, type NavEntry } from "./nav-entry.ts";
import { setRailOpen, useRailOpen } from "./reader-choices.ts";
import { ThemeMenu } from "./theme-switch.tsx";

type RailProps = { navigation: readonly NavEntry[]; user: ReactNode };

/** The navigation at the left: 216 px with words, or 56 px with icons alone. */
export function Rail({ navigation, user }: RailProps) {
  return (
    <aside
      data-chrome
      className={
        "flex w-14 shrink-0 flex-col border-rule border-r bg-enamel rail-open:w-54 max-md:hidden"
      }
    >
      <div className="flex h-14 shrink-0 items-center gap-2 px-4 rail-open:px-4">
        <Mark />
        <span className="hidden type-node rail-open:inline">Fieldline</span>
      </div>
      <div className="px-3 pb-2">
        <PaletteButton />
      </div>
      <nav aria-label="Screens" className="min-h-0 flex-1 overflow-y-auto px-3 py-1">
        <ul className="flex flex-col gap-0.5">
          {navigation.map((entry) => (
            <li key={entry.id}>
              <RailLink entry={entry} />
            </li>
          ))}
        </ul>
      </nav>
      <div className="flex flex-col items-center gap-1 px-3 py-2 rail-open:flex-row">
        <IconButton icon="bell" label="Notices" onClick={() => setOverlay("notices")} />
        <IconButton icon="keyboard" label="Keys" keys="?" onClick={() => setOverlay("shortcuts")} />
        <ThemeMenu />
        <RailToggle />
      </div>
      {user !== undefined && <div className="border-rule border-t px-3 py-2">{user}</div>}
    </aside>
  );
}

function PaletteButton() {
  const open = useRailOpen();
  return (
    <RailTip text="Find or do" keys="mod+k" shown={!open}>
      <button
        type="button"
        onClick={() => setOverlay("palette")}
        className={
          "flex h-8 w-full items-center gap-2 rounded-control border border-rule-strong bg-panel " +
          "px-1.5 type-label text-ink-2 hover:text-ink"
        }
      >
        <Icon name="search" size={16} className="mx-px" />
        <span className="sr-only flex-1 text-left rail-open:not-sr-only">Find or do</span>
        <span className="hidden rail-open:inline">
          <Kbd keys="mod+k" />
        </span>
      </button>
    </RailTip>
  );
}

function RailLink({ entry }: { entry: NavEntry }) {
  const current = isCurrent(entry, usePathname());
  const count = useFrame((state) => state.counts[entry.id] ?? 0);
  const open = useRailOpen();
  return (
    <RailTip text={entry.label} keys={`g ${entry.letter}`} shown={!open}>
      <Link
        href={entry.href}
        aria-current={current ? "page" : undefined}
        className={cx(
          "relative flex h-8 items-center gap-2.5 rounded-control px-1.5 type-label",
          current ? "bg-ink text-enamel" : "text-ink-2 hover:bg-sunk hover:text-ink",
        )}
      >
        <Icon name={entry.icon} />
        <span className="sr-only flex-1 rail-open:not-sr-only">{entry.label}</span>
        {count > 0 && <RailCount count={count} of={entry.counts} current={current} />}
      </Link>
    </RailTip>
  );
}

type RailCountProps = { count: number; of: string | undefined; current: boolean };

/** A number where there is room, a dot where there is none. */
function RailCount({ count, of, current }: RailCountProps) {
  return (
    <>
      <Count value={count} of={of} className="sr-only rail-open:not-sr-only" />
      <span
        aria-hidden
        className={cx(
          "absolute top-1 right-1 size-2 rounded-full rail-open:hidden",
          current ? "bg-enamel" : "bg-ink",
        )}
      />
    </>
  );
}

function RailToggle() {
  const open = useRailOpen();
  return (
    <IconButton
      icon="panel"
      label={open ? "Fold navigation" : "Open navigation"}
      className="rail-open:ml-auto"
      onClick={() => setRailOpen(!open)}
    />
  );
}

type RailTipProps = { text: string; keys: string; shown: boolean; children: React.ReactElement };

/** A tooltip that is there only while the words are not. */
function RailTip({ text, keys, shown, children }: RailTipProps) {
  return (
    <Tooltip {...{ text, keys }} side="right" off={!shown}>
      {children}
    </Tooltip>
  );
}
