"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Count } from "../ui/count.tsx";
import { cx } from "../ui/cx.ts";
import { Drawer } from "../ui/drawer.tsx";
import { Icon } from "../ui/icon.tsx";
import { setOverlay, useFrame } from "./frame-state.ts";
import { isCurrent, type NavEntry } from "./nav-entry.ts";
import { ThemeSegments } from "./theme-switch.tsx";

type MoreDrawerProps = { navigation: readonly NavEntry[]; user: ReactNode };

/** On a narrow screen: every screen, and what stands at the foot of the navigation elsewhere. */
export function MoreDrawer({ navigation, user }: MoreDrawerProps) {
  const open = useFrame((state) => state.overlay === "more");
  const pathname = usePathname();
  const counts = useFrame((state) => state.counts);
  const close = () => setOverlay(null);
  return (
    <Drawer
      title="Fieldline"
      side="bottom"
      open={open}
      onOpenChange={(next) => setOverlay(next ? "more" : null)}
    >
      <ul className="-mx-2 flex flex-col">
        {navigation.map((entry) => (
          <li key={entry.id}>
            <Link
              href={entry.href}
              onClick={close}
              aria-current={isCurrent(entry, pathname) ? "page" : undefined}
              className={cx(
                "flex h-10 items-center gap-3 rounded-control px-2 type-label",
                isCurrent(entry, pathname) && "bg-sunk",
              )}
            >
              <Icon name={entry.icon} />
              <span className="flex-1">{entry.label}</span>
              {(counts[entry.id] ?? 0) > 0 && (
                <Count value={counts[entry.id] ?? 0} of={entry.counts} />
              )}
            </Link>
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap items-center gap-2 border-rule border-t pt-3">
        <ThemeSegments />
        <Button icon="search" onClick={() => setOverlay("palette")}>
          Find or do
        </Button>
        <Button icon="bell" onClick={() => setOverlay("notices")}>
          Notices
        </Button>
      </div>
      {user !== undefined && <div className="mt-3 border-rule border-t pt-3">{user}</div>}
    </Drawer>
  );
}
