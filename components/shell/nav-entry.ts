import type { IconName } from "../ui/icon-paths.ts";

/** One screen in the navigation. */
export type NavEntry = {
  id: string;
  href: string;
  label: string;
  icon: IconName;
  /** `G`, then this letter, goes there. */
  letter: string;
  /** Stands in the bottom bar of a narrow screen; at most four do. */
  primary?: boolean | undefined;
  /** What its count counts, spoken: "open conflicts". */
  counts?: string | undefined;
};

/** Whether `pathname` lies in the entry's screen. "/" is only itself. */
export function isCurrent(entry: NavEntry, pathname: string): boolean {
  if (entry.href === "/") return pathname === "/";
  return pathname === entry.href || pathname.startsWith(`${entry.href}/`);
}
