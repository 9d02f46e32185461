"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Answer } from "../../../components/answer.tsx";
import { MapDiffView } from "../../../components/canvas/diff/map-diff-view.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { IconButton } from "../../../components/ui/icon-button.tsx";
import { Segmented } from "../../../components/ui/segmented.tsx";
import { Select } from "../../../components/ui/select.tsx";
import { SkeletonRows } from "../../../components/ui/skeleton.tsx";
import { Toolbar } from "../../../components/ui/toolbar.tsx";
import { ExportButton } from "./export-button.tsx";
import { RollBackDialog } from "./roll-back-dialog.tsx";
import { type Side, sideName } from "./sides.ts";
import { useBringBack } from "./use-bring-back.ts";
import { VersionFacts } from "./version-facts.tsx";
import type { VersionLine } from "./version-list.tsx";

type ComparisonProps = {
  versions: readonly VersionLine[];
  live: number;
  sides: { readonly from: Side; readonly to: Side };
  hasDraft: boolean;
  compare: (from: Side, to: Side) => void;
  /** Back to the list, where there is room for one of the two only. */
  onBack: () => void;
};

/** What changed between two maps, and what can be done with the newer one. */
export function Comparison(props: ComparisonProps) {
  const { versions, live, sides, hasDraft, compare, onBack } = props;
  const trpc = useTRPC();
  const [context, setContext] = useState(false);
  const number = sides.to === "live" ? live : sides.to;
  const diff = useQuery(
    trpc.maps.diff.queryOptions(
      { ...sides, context },
      // The draft may have changed since; versions never do.
      { placeholderData: keepPreviousData, staleTime: sides.to === "draft" ? 0 : 30_000 },
    ),
  );
  const options = sideOptions(versions, live, hasDraft);
  const bringBack = useBringBack(sides.from, live);
  return (
    <>
      <Toolbar
        label="Comparison"
        end={
          <>
            {typeof number === "number" && number !== live && number > 0 && (
              <RollBackDialog number={number} />
            )}
            <ExportButton of={sides.to} />
          </>
        }
      >
        <IconButton className="md:hidden" icon="arrow-left" label="All versions" onClick={onBack} />
        <span className="w-44">
          <Select
            label="Compare from"
            options={[...options, { value: "0", label: "Nothing" }]}
            value={String(sides.from === "live" ? live : sides.from)}
            onChange={(from) => compare(readOption(from), sides.to)}
          />
        </span>
        <Icon name="arrow-right" size={16} className="text-ink-2" />
        <span className="w-44">
          <Select
            label="Compare to"
            options={options}
            value={String(number)}
            onChange={(to) => compare(sides.from, readOption(to))}
          />
        </span>
        <Segmented
          label="What is shown"
          value={context ? "all" : "changes"}
          onChange={(shown) => setContext(shown === "all")}
          options={[
            { value: "changes", label: "Only changes" },
            { value: "all", label: "With context" },
          ]}
        />
      </Toolbar>
      <div data-scroll className="min-h-0 flex-1 overflow-y-auto">
        <VersionFacts side={sides.to} live={live} />
        <Answer
          query={diff}
          failed="The two could not be compared."
          loading={<SkeletonRows label="Comparing" rows={8} />}
        >
          {(data) => (
            <>
              <Summary {...{ data, context, onContext: () => setContext(true) }} />
              <MapDiffView diff={data} empty="The two say the same." bringBack={bringBack} />
            </>
          )}
        </Answer>
      </div>
    </>
  );
}

type SummaryProps = {
  data: { readonly changed: number; readonly unchanged: number };
  context: boolean;
  onContext: () => void;
};

function Summary({ data, context, onContext }: SummaryProps) {
  const { changed, unchanged } = data;
  if (changed === 0) return null;
  return (
    <p className="flex flex-wrap items-center gap-2 border-rule border-b px-4 py-2 type-body">
      <span className="font-[550]">
        {changed === 1 ? "1 rule changed" : `${changed} rules changed`}
      </span>
      {!context && unchanged > 0 && (
        <Button size="sm" variant="quiet" onClick={onContext}>
          {unchanged === 1 ? "1 unchanged rule hidden" : `${unchanged} unchanged rules hidden`}
        </Button>
      )}
    </p>
  );
}

function sideOptions(versions: readonly VersionLine[], live: number, hasDraft: boolean) {
  const lines = versions.map(({ number, note }) => ({
    ...{ value: String(number), label: sideName(number, live) },
    ...(note === "" ? {} : { hint: note.slice(0, 60) }),
  }));
  return [{ value: "draft", label: hasDraft ? "Draft" : "Draft, as live" }, ...lines];
}

function readOption(value: string): Side {
  return value === "draft" ? "draft" : Number(value);
}
