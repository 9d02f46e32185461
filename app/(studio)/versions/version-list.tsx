"use client";

import type { ReactNode } from "react";
import { Badge } from "../../../components/ui/badge.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { cx } from "../../../components/ui/cx.ts";
import { Lamp } from "../../../components/ui/lamp.tsx";
import { Time } from "../../../components/ui/time.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import type { Side } from "./sides.ts";

export type VersionLine = Outputs["maps"]["versions"]["versions"][number];

type VersionListProps = {
  versions: readonly VersionLine[];
  live: number;
  /** How many rules the draft changes. */
  changed: number;
  draftOf: string | null;
  draftAt: string | null;
  sides: { readonly from: Side; readonly to: Side };
  hasMore: boolean;
  isLoading: boolean;
  onMore: () => void;
  onOpen: (side: Side) => void;
};

/** The draft, where it changes something, then the versions, newest first. */
export function VersionList(props: VersionListProps) {
  const { versions, live, changed, sides, hasMore, isLoading, onMore, onOpen } = props;
  return (
    <nav aria-label="Versions" data-scroll className="min-h-0 flex-1 overflow-y-auto bg-panel">
      <ol>
        {changed > 0 && (
          <Line isOpen={sides.to === "draft"} onOpen={() => onOpen("draft")}>
            <span className="flex items-center gap-2">
              <Lamp state="draft" label="" />
              <span className="type-node">Draft</span>
              <Badge tone="draft">Not live</Badge>
            </span>
            <span className="type-body text-ink-2">
              {changed === 1 ? "1 change" : `${changed} changes`}
            </span>
            {props.draftAt !== null && (
              <Facts author={props.draftOf ?? "Somebody"} at={props.draftAt} />
            )}
          </Line>
        )}
        {versions.map((version) => (
          <Line
            key={version.number}
            isOpen={sides.to === version.number || (sides.to === "live" && version.number === live)}
            onOpen={() => onOpen(version.number)}
          >
            <span className="flex items-center gap-2">
              <span className="type-node">Version {version.number}</span>
              {version.number === live && <Badge tone="ok">Live</Badge>}
              {version.restores !== null && <Badge>Back to {version.restores}</Badge>}
            </span>
            <span className={cx("break-words type-body", version.note === "" && "text-ink-3")}>
              {version.note === "" ? "Without a note" : version.note}
            </span>
            <Facts author={version.author} at={version.publishedAt} />
          </Line>
        ))}
      </ol>
      {hasMore && (
        <div className="p-4">
          <Button busy={isLoading} onClick={onMore}>
            Older versions
          </Button>
        </div>
      )}
    </nav>
  );
}

type LineProps = { isOpen: boolean; onOpen: () => void; children: ReactNode };

function Line({ isOpen, onOpen, children }: LineProps) {
  return (
    <li className="border-rule border-b">
      <button
        type="button"
        aria-current={isOpen ? "true" : undefined}
        onClick={onOpen}
        className={cx(
          "flex w-full min-w-0 flex-col gap-1 px-4 py-3 text-left outline-offset-[-2px]",
          isOpen ? "bg-sunk" : "hover:bg-sunk/60",
        )}
      >
        {children}
      </button>
    </li>
  );
}

function Facts({ author, at }: { author: string; at: string }) {
  return (
    <span className="flex flex-wrap gap-x-2 type-small text-ink-2">
      <span className="truncate">{author}</span>
      <Time at={at} />
    </span>
  );
}
