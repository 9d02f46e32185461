"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Count } from "../ui/count.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { setOverlay, useFrame } from "./frame-state.ts";
import { isCurrent, type NavEntry } from "./nav-entry.ts";

type BottomBarProps = { navigation: readonly NavEntry[] };

const CELL =
  "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 type-small " +
  "focus-visible:-outline-offset-2";

/** The navigation of a narrow screen: the screens most used, and the rest behind "More". */
export function BottomBar({ navigation }: BottomBarProps) {
  const pathname = usePathname();
  const counts = useFrame((state) => state.counts);
  return (
    <nav
      aria-label="Screens"
      data-chrome
      className="flex shrink-0 border-rule border-t bg-enamel pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {navigation
        .filter((entry) => entry.primary === true)
        .map((entry) => {
          const current = isCurrent(entry, pathname);
          return (
            <Link
              key={entry.id}
              href={entry.href}
              aria-current={current ? "page" : undefined}
              className={cx(CELL, current ? "text-ink" : "text-ink-2")}
            >
              <span
                className={cx(
                  "relative flex h-6 w-10 items-center justify-center rounded-control",
                  current && "bg-ink text-enamel",
                )}
              >
                <Icon name={entry.icon} />
                <CornerCount count={counts[entry.id] ?? 0} of={entry.counts} />
              </span>
              <span className="max-w-full truncate">{entry.label}</span>
            </Link>
          );
        })}
      <button type="button" onClick={() => setOverlay("more")} className={cx(CELL, "text-ink-2")}>
        <span className="flex h-6 items-center">
          <Icon name="menu" />
        </span>
        More
      </button>
    </nav>
  );
}

function CornerCount({ count, of }: { count: number; of: string | undefined }) {
  if (count === 0) return null;
  return (
    <span className="absolute -top-1 left-7 rounded-bullet border border-enamel bg-ink px-1 text-enamel">
      <Count value={count} of={of} className="text-[0.6875rem]! leading-3.5!" />
    </span>
  );
}
