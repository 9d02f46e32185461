"use client";

import { useQuery } from "@tanstack/react-query";
import type { Step } from "../../../server/core/map/document.ts";
import { useTRPC } from "../../trpc-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { formatCount } from "../../ui/count.tsx";
import { FieldValue } from "../../values/field-value.tsx";
import { type TableRow, unmappedValues } from "./unmapped-values.ts";

type SeenValuesProps = {
  binding: string;
  column: string;
  /** The steps before the table: it gets what they make of a value. */
  before: readonly Step[];
  rows: readonly TableRow[];
  isLocked: boolean;
  onAdd: (rows: TableRow[]) => void;
};

/** More values than this are only counted; all of them can be added. */
const VALUES_SHOWN = 12;

/** Values of the system's real rows that a value table says nothing of. */
export function SeenValues(props: SeenValuesProps) {
  const { binding, column, before, rows, isLocked, onAdd } = props;
  const trpc = useTRPC();
  const query = useQuery(trpc.maps.columnValues.queryOptions({ binding, column }));
  if (query.data === undefined || query.data.problem !== null) {
    const why = query.data?.problem ?? query.error?.message;
    return why == null ? null : <p className="type-small text-ink-2">{why}</p>;
  }
  const unmapped = unmappedValues(query.data.values, before, rows);
  if (unmapped.length === 0) {
    if (query.data.rows === 0) return null;
    return (
      <p className="type-small text-ink-2">
        Every value of the {formatCount(query.data.rows)} rows looked at is in the table.
      </p>
    );
  }
  const more = unmapped.length - VALUES_SHOWN;
  const asItself = (values: typeof unmapped) =>
    onAdd(values.map(({ value }) => ({ from: value, to: value })));
  return (
    <section
      aria-label="Values seen but not mapped"
      className="flex flex-col gap-2 rounded-panel border border-rule p-3"
    >
      <h4 className="type-label">Seen but not mapped: {formatCount(unmapped.length)}</h4>
      <ul className="flex flex-col gap-1">
        {unmapped.slice(0, VALUES_SHOWN).map((one) => (
          <li key={JSON.stringify(one.value)} className="flex min-w-0 items-center gap-2">
            <FieldValue value={one.value} />
            <span className="type-small text-ink-2">
              {one.count === 1 ? "1 row" : `${formatCount(one.count)} rows`}
            </span>
            {!isLocked && (
              <Button size="sm" variant="quiet" className="ml-auto" onClick={() => asItself([one])}>
                Add<span className="sr-only"> {String(one.value)}</span>
              </Button>
            )}
          </li>
        ))}
        {more > 0 && <li className="type-small text-ink-2">and {formatCount(more)} more</li>}
      </ul>
      {!isLocked && (
        <div className="flex flex-wrap items-center gap-2">
          <Button size="sm" onClick={() => asItself(unmapped)}>
            {unmapped.length === 1 ? "Add it" : `Add all ${formatCount(unmapped.length)}`}
          </Button>
          <span className="type-small text-ink-2">Each as itself; then say what it means.</span>
        </div>
      )}
    </section>
  );
}
