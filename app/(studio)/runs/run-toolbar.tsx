"use client";

import { formatCount } from "../../../components/ui/count.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { Toolbar } from "../../../components/ui/toolbar.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { kindWords, RUN_KINDS, RUN_STATES, stateWords } from "./run-words.ts";

type Filter = {
  kind: (typeof RUN_KINDS)[number] | null;
  state: (typeof RUN_STATES)[number] | null;
  system: string | null;
};

type RunToolbarProps = {
  filter: Filter;
  setFilter: (changes: Partial<Filter>) => unknown;
  page: Outputs["runs"]["list"] | undefined;
};

const ALL = "all";

/** Filters of the list; they stand in the address. */
export function RunToolbar({ filter, setFilter, page }: RunToolbarProps) {
  const systems = page?.systems ?? [];
  return (
    <Toolbar label="Filters" end={page && <Shown page={page} />}>
      <Choice
        label="State"
        all="Every state"
        options={RUN_STATES.map((state) => ({ value: state, label: stateWords(state).words }))}
        value={filter.state}
        onChange={(state) => setFilter({ state })}
      />
      <Choice
        label="What"
        all="Everything"
        options={RUN_KINDS.map((kind) => ({ value: kind, label: kindWords(kind) }))}
        value={filter.kind}
        onChange={(kind) => setFilter({ kind })}
      />
      <Choice
        label="System"
        all="Every system"
        options={systems.map((system) => ({
          value: system.id,
          label: system.name,
          mark: <LineBullet system={system} quiet />,
        }))}
        value={filter.system}
        onChange={(system) => setFilter({ system })}
      />
    </Toolbar>
  );
}

function Shown({ page }: { page: Outputs["runs"]["list"] }) {
  return (
    <span className="type-small text-ink-2" role="status">
      {page.matching === page.all
        ? `${formatCount(page.all)} runs`
        : `${formatCount(page.matching)} of ${formatCount(page.all)} runs`}
    </span>
  );
}

type ChoiceProps<T extends string> = {
  label: string;
  all: string;
  options: readonly { value: T; label: string; mark?: React.ReactNode }[];
  value: T | null;
  onChange: (value: T | null) => unknown;
};

function Choice<T extends string>({ label, all, options, value, onChange }: ChoiceProps<T>) {
  return (
    <div className="w-40">
      <Select<T | typeof ALL>
        label={label}
        options={[{ value: ALL, label: all }, ...options]}
        value={value ?? ALL}
        onChange={(next) => onChange(next === ALL ? null : next)}
      />
    </div>
  );
}
