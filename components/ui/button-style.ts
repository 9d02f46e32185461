import { cx } from "./cx.ts";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "md" | "sm";

const BASE =
  "inline-flex shrink-0 items-center justify-center gap-2 rounded-control type-label " +
  "whitespace-nowrap select-none no-underline transition-[background-color,border-color,opacity] " +
  "data-disabled:opacity-55 data-disabled:cursor-not-allowed";

const VARIANTS: Record<ButtonVariant, string> = {
  primary: "bg-action text-on-action border border-action not-data-disabled:hover:opacity-88",
  secondary:
    "bg-panel text-ink border border-rule-strong not-data-disabled:hover:bg-sunk " +
    "data-popup-open:bg-sunk",
  quiet:
    "text-ink border border-transparent not-data-disabled:hover:bg-sunk data-popup-open:bg-sunk",
  danger: "bg-panel text-fail border border-fail not-data-disabled:hover:bg-fail-bg",
};

const SIZES: Record<ButtonSize, string> = { md: "h-8 px-3", sm: "h-7 px-2" };

type ButtonStyle = {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  /** A square of the button's height, for an icon alone. */
  square?: boolean | undefined;
  className?: string | undefined;
};

/** The classes of a button, for whatever element carries it (button, link, trigger). */
export function buttonClass({ variant, size, square, className }: ButtonStyle): string {
  const side = size === "sm" ? "size-7" : "size-8";
  return cx(
    BASE,
    VARIANTS[variant ?? "secondary"],
    square === true ? side : SIZES[size ?? "md"],
    className,
  );
}
