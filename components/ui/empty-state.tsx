import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";

type EmptyStateProps = {
  icon?: IconName | undefined;
  /** What would be here: "No conflicts". */
  title: string;
  /** Why it is empty, and what hides how many. */
  children?: ReactNode;
  /** The one next thing to do. */
  action?: ReactNode;
};

/**
 * Says what belongs here, why there is none, and what to do next. First run, filtered empty,
 * all done and not allowed are four different texts.
 *
 * <EmptyState icon="search" title="Nothing matches" action={<Button>Clear filters</Button>}>
 *   The filter "failed" hides 212 runs.
 * </EmptyState>
 */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex max-w-xl flex-col items-start gap-2 px-4 py-8">
      {icon && <Icon name={icon} size={24} className="text-ink-3" />}
      <h2 className="type-title">{title}</h2>
      {children !== undefined && <div className="type-body text-ink-2">{children}</div>}
      {action !== undefined && <div className="mt-2 flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}
