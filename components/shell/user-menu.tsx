"use client";

import { Icon } from "../ui/icon.tsx";
import { Menu, type MenuEntry } from "../ui/menu.tsx";

type UserMenuProps = {
  name: string;
  /** "Admin, ana@example.com". */
  note?: string | undefined;
  entries: readonly MenuEntry[];
};

/**
 * Who is signed in, and what concerns them.
 *
 * <UserMenu name="Ana" note="admin" entries={[{ label: "Sign out", onSelect: signOut }]} />
 */
export function UserMenu({ name, note, entries }: UserMenuProps) {
  return (
    <Menu
      side="top"
      align="start"
      entries={entries}
      trigger={
        <button
          type="button"
          className={
            "flex h-10 w-full items-center gap-2.5 rounded-control px-1.5 text-left hover:bg-sunk " +
            "data-popup-open:bg-sunk"
          }
        >
          <Icon name="person" />
          <span className="min-w-0 flex-1 md:sr-only md:rail-open:not-sr-only">
            <span className="block truncate type-label">{name}</span>
            {note !== undefined && (
              <span className="block truncate type-small text-ink-2">{note}</span>
            )}
          </span>
        </button>
      }
    />
  );
}
