"use client";

import { cx } from "../../../components/ui/cx.ts";
import { Icon } from "../../../components/ui/icon.tsx";
import { Time } from "../../../components/ui/time.tsx";
import { FieldValue } from "../../../components/values/field-value.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import { valueText } from "../../../components/values/value-text.ts";
import type { GroupPage, HeldItem } from "./held-filter.ts";
import { HeldPanel } from "./held-panel.tsx";
import { VerdictMark } from "./verdict-mark.tsx";

type HeldRowProps = {
  page: GroupPage;
  item: HeldItem;
  isOpen: boolean;
  onToggle: () => void;
};

/** One held item; opened, it says everything about it and what can be done. */
export function HeldRow({ page, item, isOpen, onToggle }: HeldRowProps) {
  const { title, externalId, value, verdict, heldAt, tries } = item;
  const system = page.systems.find(({ id }) => id === item.system);
  const name = item.record === null ? (externalId ?? "A new row") : valueText(title);
  return (
    <li className={cx("border-rule border-b", isOpen && "bg-enamel")}>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        className={
          "flex w-full flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-left " +
          "hover:bg-enamel focus-visible:-outline-offset-2"
        }
      >
        <Icon name={isOpen ? "chevron-down" : "chevron-right"} size={16} />
        <span className="min-w-0 flex-1 basis-32 truncate type-label">{name}</span>
        <span className="flex min-w-0 flex-1 basis-32 items-center gap-1.5">
          {value !== undefined && <FieldValue value={value} />}
        </span>
        <span className="flex min-w-24 items-center gap-1.5">
          {system !== undefined && <LineBullet system={system} as="contributor" />}
          <span
            className="max-w-[12ch] truncate type-value text-ink-2"
            title={externalId ?? undefined}
          >
            {externalId ?? "to be made"}
          </span>
        </span>
        <VerdictMark verdict={verdict} />
        <span className="shrink-0 type-small text-ink-2">
          <Time at={heldAt} form="ago" />
          {tries > 1 && `, ${tries} tries`}
        </span>
      </button>
      {isOpen && <HeldPanel page={page} item={item} />}
    </li>
  );
}
