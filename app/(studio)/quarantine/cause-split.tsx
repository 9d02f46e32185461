"use client";

import { useQuery } from "@tanstack/react-query";
import { useShortcuts } from "../../../components/shell/use-shortcuts.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { SplitPane } from "../../../components/ui/split-pane.tsx";
import { CauseList } from "./cause-list.tsx";
import { CausePanel } from "./cause-panel.tsx";
import { type GroupPage, groupKey, type HeldFilter } from "./held-filter.ts";

type CauseSplitProps = {
  page: GroupPage;
  filter: HeldFilter;
  setFilter: (changes: Partial<HeldFilter>) => unknown;
};

/** Causes on one side, what is held for the open one on the other. */
export function CauseSplit({ page, filter, setFilter }: CauseSplitProps) {
  const { groups } = page;
  const named = useNamedCause(filter);
  const wanted = filter.cause ?? named;
  const index = Math.max(
    0,
    groups.findIndex((group) => groupKey(group) === wanted),
  );
  const open = groups[index];
  const show = (place: number) => {
    const group = groups[place];
    if (group !== undefined) setFilter({ cause: groupKey(group), item: null });
  };
  useShortcuts("Quarantine", [
    { id: "next", keys: "j", label: "Next cause", run: () => show(index + 1) },
    { id: "previous", keys: "k", label: "Previous cause", run: () => show(index - 1) },
  ]);
  if (open === undefined) return null;
  return (
    <SplitPane
      label="Causes"
      storageKey="quarantine"
      narrow={wanted === null ? "panel" : "main"}
      panel={
        <CauseList
          page={page}
          openKey={groupKey(open)}
          onOpen={(group) => setFilter({ cause: groupKey(group), item: null })}
        />
      }
    >
      <div className="border-rule border-b bg-panel px-2 py-1 md:hidden">
        <Button
          size="sm"
          variant="quiet"
          icon="arrow-left"
          onClick={() => setFilter({ cause: null, item: null })}
        >
          All causes
        </Button>
      </div>
      <CausePanel
        key={groupKey(open)}
        page={page}
        group={open}
        openItem={filter.item}
        onOpenItem={(item) => setFilter({ cause: groupKey(open), item })}
      />
    </SplitPane>
  );
}

/** The cause of an item that a link named alone. */
function useNamedCause({ cause, item }: HeldFilter): string | null {
  const trpc = useTRPC();
  const found = useQuery({
    ...trpc.quarantine.find.queryOptions({ item: item ?? "" }),
    enabled: cause === null && item !== null,
    retry: false,
  });
  return cause === null && found.data !== undefined ? groupKey(found.data) : null;
}
