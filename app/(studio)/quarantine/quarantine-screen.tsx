"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { Answer } from "../../../components/answer.tsx";
import { FilterChoice } from "../../../components/filter-choice.tsx";
import { useLiveTopics } from "../../../components/live/use-live-topics.ts";
import { Page } from "../../../components/shell/page.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { formatCount } from "../../../components/ui/count.tsx";
import { EmptyState } from "../../../components/ui/empty-state.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { Toolbar } from "../../../components/ui/toolbar.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import { CauseSplit } from "./cause-split.tsx";
import { askedOf, type GroupPage, HELD_FILTER, type HeldFilter } from "./held-filter.ts";
import { LetBeButton } from "./let-be-button.tsx";

/** What is held because it failed, by cause; whether it passes now; and what mends it. */
export function QuarantineScreen() {
  const trpc = useTRPC();
  const [filter, setFilter] = useQueryStates(HELD_FILTER);
  const groups = useQuery({
    ...trpc.quarantine.groups.queryOptions(askedOf(filter)),
    placeholderData: (before) => before,
  });
  useLiveTopics(["quarantine", "maps"], trpc.quarantine.groups.queryFilter());
  return (
    <Page
      title="Quarantine"
      lede="Values, rows and writes that failed. Nothing here is lost, and nothing is tried blindly."
      body="fill"
      bar={<Filters {...{ filter, setFilter }} page={groups.data} />}
    >
      <Answer
        query={groups}
        failed="The held items did not load."
        loading={<SkeletonRows rows={6} label="Loading what is held" />}
      >
        {(page) =>
          page.groups.length === 0 ? (
            <NothingHeld page={page} onClear={() => setFilter(NO_FILTER)} />
          ) : (
            <CauseSplit {...{ page, filter, setFilter }} />
          )
        }
      </Answer>
    </Page>
  );
}

const NO_FILTER = { entity: null, system: null, cause: null, item: null };

type FiltersProps = {
  filter: HeldFilter;
  setFilter: (changes: Partial<HeldFilter>) => unknown;
  page: GroupPage | undefined;
};

function Filters({ filter, setFilter, page }: FiltersProps) {
  const shown = page?.groups.reduce((total, { count }) => total + count, 0) ?? 0;
  return (
    <Toolbar
      label="Filters"
      end={
        page !== undefined && (
          <span className="type-small text-ink-2" role="status">
            {shown === page.all
              ? `${formatCount(shown)} held`
              : `${formatCount(shown)} of ${formatCount(page.all)} held`}
          </span>
        )
      }
    >
      <FilterChoice
        label="Entity"
        all="Every entity"
        options={(page?.entities ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.entity}
        onChange={(entity) => setFilter({ ...NO_FILTER, system: filter.system, entity })}
      />
      <FilterChoice
        label="System"
        all="Every system"
        options={(page?.systems ?? []).map((system) => ({
          value: system.id,
          label: system.name,
          mark: <LineBullet system={system} quiet />,
        }))}
        value={filter.system}
        onChange={(system) => setFilter({ ...NO_FILTER, entity: filter.entity, system })}
      />
      <LetBeButton asked={askedOf(filter)} />
    </Toolbar>
  );
}

function NothingHeld({ page, onClear }: { page: GroupPage; onClear: () => void }) {
  if (page.all > 0) {
    return (
      <EmptyState
        icon="filter"
        title="Nothing held fits"
        action={<Button onClick={onClear}>Show all {formatCount(page.all)}</Button>}
      >
        The filter hides {formatCount(page.all)} held {page.all === 1 ? "item" : "items"}.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="check" title="Nothing is held">
      Every value fits its field, and every system took what it was sent. What fails is kept here
      with its reason, while everything else goes on.
    </EmptyState>
  );
}
