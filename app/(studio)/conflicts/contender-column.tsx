import type { ReactNode } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { cx } from "../../../components/ui/cx.ts";
import { Kbd } from "../../../components/ui/kbd.tsx";

type ContenderColumnProps = {
  /** The key that takes it; null where none does. */
  keys: string | null;
  /** Who: a mark with a name. */
  who: ReactNode;
  value: ReactNode;
  /** When it was written, where it is. */
  facts: ReactNode;
  action: string;
  onTake: () => void;
  /** Its value changed while it was looked at. */
  flashed?: boolean | undefined;
  /** The last agreed value, set apart from those that contend. */
  agreed?: boolean | undefined;
};

/** One value that the question can be answered with. */
export function ContenderColumn(props: ContenderColumnProps) {
  const { keys, who, value, facts, action, onTake, flashed, agreed } = props;
  return (
    <li
      className={cx(
        "flex min-w-0 flex-col gap-3 border-rule p-4 transition-colors max-md:border-b",
        "md:border-l md:first:border-l-0",
        agreed === true && "bg-enamel",
        flashed === true && "bg-warn-bg",
      )}
    >
      <div className="flex min-h-6 items-center gap-2 type-label">
        {keys !== null && <Kbd keys={keys} />}
        {who}
      </div>
      <div className="min-w-0 md:min-h-12">{value}</div>
      <div className="flex flex-1 flex-col justify-end gap-1 type-small text-ink-2">{facts}</div>
      <div>
        <Button size="sm" onClick={onTake}>
          {action}
        </Button>
      </div>
    </li>
  );
}
