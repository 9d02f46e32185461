"use client";

import { throttle } from "nuqs";
import { FilterChoice } from "../../../components/filter-choice.tsx";
import { formatCount } from "../../../components/ui/count.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Toolbar } from "../../../components/ui/toolbar.tsx";
import type { RecordFilter, RecordPage } from "./record-filter.ts";

type RecordToolbarProps = {
  filter: RecordFilter;
  setFilter: (
    changes: Partial<RecordFilter>,
    options?: { limitUrlUpdates: ReturnType<typeof throttle> },
  ) => unknown;
  page: RecordPage | undefined;
};

/** Typing settles before the address and the question change. */
const SETTLE_MS = 250;

const STATE_OPTIONS = [
  { value: "asked", label: "With a question" },
  { value: "held", label: "With something held" },
  { value: "due", label: "With a write under way" },
  { value: "deleted", label: "Deleted" },
] as const;

/** Finding a record by whatever one knows of it. */
export function RecordToolbar({ filter, setFilter, page }: RecordToolbarProps) {
  const { entity, find, state } = filter;
  const counts = page?.counts;
  return (
    <Toolbar
      label="Filters"
      end={
        counts !== undefined && (
          <span className="type-small text-ink-2" role="status">
            {formatCount(state === "deleted" ? counts.deleted : counts.living)} records
          </span>
        )
      }
    >
      <div className="w-full max-w-80">
        <Input
          id="find-record"
          icon="search"
          aria-label="Find a record by its title, any of its ids, or a match key"
          placeholder="Title, id, or match key"
          value={find}
          onChange={(text) => setFilter({ find: text }, { limitUrlUpdates: throttle(SETTLE_MS) })}
        />
      </div>
      <FilterChoice
        label="Entity"
        all="Every entity"
        options={(page?.entities ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={entity}
        onChange={(next) => setFilter({ entity: next })}
      />
      <FilterChoice
        label="State"
        all="Living"
        options={STATE_OPTIONS}
        value={state === "living" ? null : state}
        onChange={(next) => setFilter({ state: next ?? "living" })}
        className="w-52"
      />
    </Toolbar>
  );
}
