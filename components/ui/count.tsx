import { cx } from "./cx.ts";

type CountProps = {
  value: number;
  /** On a small ground of its own, for tabs and navigation. */
  pill?: boolean | undefined;
  /** What is counted, spoken after the number: "open conflicts". */
  of?: string | undefined;
  className?: string | undefined;
};

/**
 * A whole number with its thousands parted, in figures that line up.
 *
 * <Count value={12480} /> draws 12,480
 */
export function Count({ value, pill, of, className }: CountProps) {
  return (
    <span
      className={cx(
        "type-value tabular-nums",
        pill === true && "rounded-bullet bg-sunk px-1 text-ink-2",
        className,
      )}
    >
      {formatCount(value)}
      {of !== undefined && <span className="sr-only"> {of}</span>}
    </span>
  );
}

const FORMAT = new Intl.NumberFormat("en");

/** 12480 => "12,480" */
export function formatCount(value: number): string {
  return FORMAT.format(value);
}
