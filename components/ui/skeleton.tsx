import { cx } from "./cx.ts";

type SkeletonProps = {
  /** Tailwind size classes of what will stand here: "h-8 w-40". */
  className?: string | undefined;
};

/**
 * The place of something that is on its way, in its final size. Shows after 150 ms, so that a
 * quick answer never flashes.
 *
 * <Skeleton className="h-8 w-40" />
 */
export function Skeleton({ className }: SkeletonProps) {
  return (
    <span
      aria-hidden
      className={cx("block animate-appear rounded-bullet bg-rule/60", className ?? "h-4 w-full")}
    />
  );
}

/** Widths that make a list of skeletons look like text and stay the same on every render. */
const WIDTHS = ["w-3/5", "w-2/5", "w-1/2", "w-3/4", "w-1/3", "w-2/3"] as const;

/**
 * Rows of a list that is on its way.
 *
 * <SkeletonRows rows={8} label="Loading conflicts" />
 */
export function SkeletonRows({ rows = 6, label }: { rows?: number; label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-8 items-center gap-3 border-rule/60 border-b px-4">
          <Skeleton className="size-4" />
          <Skeleton className={cx("h-3", WIDTHS[row % WIDTHS.length])} />
        </div>
      ))}
    </div>
  );
}
