import { cx } from "./cx.ts";
import { ICON_PATHS, type IconName } from "./icon-paths.ts";

type IconProps = {
  name: IconName;
  /** Side in px; the stroke stays 1.5 px at every size. */
  size?: 12 | 14 | 16 | 20 | 24;
  /** Spoken name. Without it the icon is decoration and hidden from screen readers. */
  label?: string | undefined;
  className?: string | undefined;
};

/**
 * One glyph of our own set: 20 px grid, 1.5 px stroke, ink of the text around it.
 *
 * <Icon name="search" size={16} />
 */
export function Icon({ name, size = 20, label, className }: IconProps) {
  return (
    <svg
      viewBox="0 0 20 20"
      style={{ width: `${size / 16}rem`, height: `${size / 16}rem` }}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5 * (20 / size)}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cx("shrink-0", className)}
      aria-hidden={label === undefined ? true : undefined}
      role={label === undefined ? undefined : "img"}
      aria-label={label}
    >
      {ICON_PATHS[name].map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}
