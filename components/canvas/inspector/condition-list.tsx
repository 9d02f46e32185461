"use client";

import type { Condition } from "../../../server/core/map/document.ts";
import { ConditionLine, type Subjects } from "./condition-line.tsx";

type ConditionListProps = {
  conditions: readonly Condition[];
  subjects: Subjects;
  isLocked: boolean;
  /** The last one may go too. */
  mayBeEmpty: boolean;
  onChange: (conditions: Condition[]) => void;
};

/** Conditions below each other; what joins them is said around the list. */
export function ConditionList(props: ConditionListProps) {
  const { conditions, subjects, isLocked, mayBeEmpty, onChange } = props;
  const mayGo = mayBeEmpty || conditions.length > 1;
  return (
    <ul className="flex flex-col gap-2">
      {conditions.map((condition, at) => (
        <ConditionLine
          // Two conditions may look at one thing: they differ by their place alone.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={`${at} ${condition.of} ${condition.operator}`}
          {...{ condition, subjects, isLocked }}
          onChange={(next) => onChange(conditions.with(at, next))}
          onRemove={mayGo ? () => onChange(conditions.toSpliced(at, 1)) : undefined}
        />
      ))}
    </ul>
  );
}
