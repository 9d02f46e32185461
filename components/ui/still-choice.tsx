import { CONTROL } from "./control-style.ts";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import type { SelectProps } from "./select.tsx";

type StillChoiceProps = Pick<
  SelectProps<string>,
  "options" | "value" | "placeholder" | "label" | "className"
>;

/** A choice as it looks while the code of its list is on its way. */
export function StillChoice(props: StillChoiceProps) {
  const { options, value, placeholder, label, className } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <button
      type="button"
      aria-disabled
      aria-label={label}
      className={cx(CONTROL, "flex items-center gap-2 pr-1 text-left type-body", className)}
    >
      {chosen?.mark}
      <span className={cx("min-w-0 flex-1 truncate", chosen === undefined && "text-ink-3")}>
        {chosen?.label ?? placeholder ?? "Choose"}
      </span>
      <Icon name="chevrons-vertical" size={16} className="text-ink-2" />
    </button>
  );
}
