import type { FieldType } from "../../server/core/values/field-value.ts";
import { cx } from "../ui/cx.ts";

const GLYPHS: Record<FieldType, string> = {
  text: "T",
  integer: "#",
  decimal: "#.",
  boolean: "?",
  date: "D",
  time: "h",
  instant: "@",
  enum: "=",
  money: "$",
  quantity: "q",
  list: "[]",
  set: "{}",
  reference: "->",
  json: "{;",
};

type TypeGlyphProps = {
  /** Null: not known. */
  type: FieldType | null;
  className?: string | undefined;
};

/**
 * The type of a field or column as one or two signs; its name on hover.
 *
 * <TypeGlyph type="decimal" />
 */
export function TypeGlyph({ type, className }: TypeGlyphProps) {
  return (
    <span
      aria-hidden
      title={type ?? "type not known"}
      className={cx(
        "inline-flex size-4 shrink-0 items-center justify-center font-bold font-mono",
        "text-[10px] text-ink-3 leading-none tracking-tighter",
        className,
      )}
    >
      {type === null ? "·" : GLYPHS[type]}
    </span>
  );
}
