"use client";

import { Count } from "../../../components/ui/count.tsx";
import { cx } from "../../../components/ui/cx.ts";
import { Time } from "../../../components/ui/time.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import { causeTitle } from "./cause-words.ts";
import { type GroupPage, groupKey, type HeldGroup } from "./held-filter.ts";

type CauseListProps = {
  page: GroupPage;
  openKey: string;
  onOpen: (group: HeldGroup) => void;
};

/** Every cause with how much it holds, since when, and an example. */
export function CauseList({ page, openKey, onOpen }: CauseListProps) {
  return (
    <ul aria-label="Causes" data-scroll className="min-h-0 flex-1 overflow-y-auto bg-panel">
      {page.groups.map((group) => {
        const key = groupKey(group);
        const system = page.systems.find(({ id }) => id === group.system);
        return (
          <li key={key} className="border-rule/70 border-b">
            <button
              type="button"
              aria-current={key === openKey}
              onClick={() => onOpen(group)}
              className={cx(
                "relative flex w-full items-start gap-3 px-4 py-2 text-left hover:bg-enamel",
                "focus-visible:-outline-offset-2",
                key === openKey && OPEN,
              )}
            >
              {system !== undefined && (
                <span className="mt-0.5">
                  <LineBullet system={system} as="contributor" size={20} quiet />
                </span>
              )}
              <span className="min-w-0 flex-1">
                <span className="flex items-baseline gap-2">
                  <span className="min-w-0 flex-1 type-label">{causeTitle(group, page)}</span>
                  <Count value={group.count} of="held" />
                </span>
                <span className="block truncate type-small text-ink-2">{group.sample}</span>
                <span className="block type-small text-ink-2">
                  oldest <Time at={group.oldest} form="ago" />
                  {group.tries > 1 && `, tried up to ${group.tries} times`}
                </span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** A bar of ink at the start: seen without comparing two grounds. */
const OPEN =
  "bg-sunk hover:bg-sunk before:absolute before:inset-y-0 before:left-0 before:w-0.75 " +
  "before:bg-ink";
