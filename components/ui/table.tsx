import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";

type TableProps = {
  /** Spoken name; drawn above when `caption` is set. */
  label: string;
  caption?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/**
 * A plain table for a few dozen rows at most; longer ones want `DataTable`.
 *
 * <Table label="Rights"><thead><tr><Th>Object</Th></tr></thead><tbody>…</tbody></Table>
 */
export function Table({ label, caption, className, children }: TableProps) {
  return (
    <div className={cx("w-full overflow-x-auto", className)}>
      <table className="w-full border-collapse text-left type-body [&>tbody>tr:last-child>td]:border-b-0">
        <caption className={caption === true ? "px-4 pt-4 pb-1 text-left type-label" : "sr-only"}>
          {label}
        </caption>
        {children}
      </table>
    </div>
  );
}

type CellProps = Omit<ComponentProps<"td">, "align"> & {
  /** Numbers stand at the end, in mono. */
  numeric?: boolean | undefined;
};

/** A heading of a column. */
export function Th({ numeric, className, ...rest }: CellProps) {
  return (
    <th
      scope="col"
      {...rest}
      className={cx(
        "h-7 border-rule-strong border-b px-3 type-small text-ink-2 whitespace-nowrap",
        "first:pl-4 last:pr-4",
        numeric === true && "text-right",
        className,
      )}
    />
  );
}

/** A cell: 32 px high, a rule below. */
export function Td({ numeric, className, ...rest }: CellProps) {
  return (
    <td
      {...rest}
      className={cx(
        "h-8 border-rule border-b px-3 py-1 align-middle first:pl-4 last:pr-4",
        numeric === true && "text-right type-value tabular-nums",
        className,
      )}
    />
  );
}
