import { cx } from "../../../components/ui/cx.ts";
import { valueText } from "../../../components/values/value-text.ts";
import type { Field } from "../../../server/core/map/document.ts";
import { type FieldValue, partsOf, type Tuple } from "../../../server/core/values/field-value.ts";
import { MarkedValue } from "./marked-value.tsx";

type MarkedTupleProps = {
  value: Tuple;
  /** What it is compared with, part by part. */
  against: FieldValue | undefined;
  fields: readonly Field[];
  /** Parts that its system tells; null: all of them. */
  told?: ReadonlySet<string> | null;
};

/** All parts of a group with their names; what is alike is quiet, what differs is marked. */
export function MarkedTuple({ value, against, fields, told = null }: MarkedTupleProps) {
  const other = against === undefined ? {} : partsOf(against, "");
  return (
    <dl className="grid grid-cols-[minmax(4rem,max-content)_1fr] items-baseline gap-x-3 gap-y-1">
      {fields.map(({ id, name, type }) => {
        const part = value.parts[id] ?? null;
        const rival = other[id];
        const isKnown = told === null || told.has(id);
        const isAlike = rival === undefined || valueText(rival) === valueText(part);
        return (
          <div key={id} className="contents">
            <dt className="truncate type-small text-ink-2">{name}</dt>
            <dd className={cx("min-w-0", isAlike && "text-ink-2", !isKnown && "italic")}>
              <MarkedValue value={part} against={rival} type={type} />
              {!isKnown && (
                <span className="block type-small text-ink-2">the hub's: it is not told there</span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
