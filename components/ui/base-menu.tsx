"use client";

import { Menu as Base } from "@base-ui/react/menu";
import Link from "next/link";
import { OPTION, POPUP } from "./control-style.ts";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import { Kbd } from "./kbd.tsx";
import type { MenuEntry, MenuProps } from "./menu.tsx";

/** `Menu` at work. */
export function BaseMenu({ trigger, entries, align = "end", side = "bottom" }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} className="z-50 outline-none">
          <Base.Popup className={cx(POPUP, "min-w-48")}>
            {entries.map((entry, index) =>
              entry === "separator" ? (
                // Separators have no identity of their own; their place is all there is.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <Base.Separator key={index} className="mx-1 my-1 h-px bg-rule" />
              ) : (
                <MenuItem key={entry.label} entry={entry} />
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function MenuItem({ entry }: { entry: Exclude<MenuEntry, "separator"> }) {
  const className = cx(OPTION, entry.danger === true && "text-fail");
  const content = (
    <>
      {entry.mark ?? (entry.icon && <Icon name={entry.icon} size={16} />)}
      <span className="flex flex-1 flex-col">
        {entry.label}
        {entry.disabledReason !== undefined && (
          <span className="type-small">{entry.disabledReason}</span>
        )}
      </span>
      {entry.keys !== undefined && <Kbd keys={entry.keys} />}
    </>
  );
  if (entry.href !== undefined) {
    return (
      <Base.LinkItem render={<Link href={entry.href} />} className={className} closeOnClick>
        {content}
      </Base.LinkItem>
    );
  }
  return (
    <Base.Item
      className={className}
      disabled={entry.disabledReason !== undefined}
      onClick={() => entry.onSelect?.()}
    >
      {content}
    </Base.Item>
  );
}
