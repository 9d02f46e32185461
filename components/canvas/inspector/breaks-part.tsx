"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Binding, Edge } from "../../../server/core/map/document.ts";
import { problemOf } from "../../problem-of.ts";
import { useTRPC } from "../../trpc-provider.tsx";
import { Button } from "../../ui/button.tsx";
import { formatCount } from "../../ui/count.tsx";
import { useEditor } from "../editor-context.ts";
import { PanelPart } from "./panel.tsx";

/** Records that break a line: looked for when somebody asks, and shown on the canvas by a click. */
export function BreaksPart({ binding, edge }: { binding: Binding; edge: Edge }) {
  const trpc = useTRPC();
  const { draft, samples } = useEditor();
  const [asked, setAsked] = useState<number | null>(null);
  const { revision } = draft.server;
  // What was found is of the line as it was then.
  const isAsked = asked === revision && draft.waiting === 0;
  const { data, error, isFetching } = useQuery({
    ...trpc.maps.findBreaking.queryOptions({ binding: binding.id, edge: edge.id }),
    ...{ enabled: isAsked, staleTime: 0, gcTime: 0, retry: false },
  });
  return (
    <PanelPart title="Records that break it">
      <div>
        <Button
          size="sm"
          icon="search"
          busy={isFetching}
          disabledReason={draft.waiting > 0 ? "The last change is still being saved" : undefined}
          onClick={() => setAsked(revision)}
        >
          Find a record that breaks this
        </Button>
      </div>
      {isAsked && !isFetching && error !== null && (
        <p role="alert" className="type-small text-fail">
          {problemOf(error).message}
        </p>
      )}
      {isAsked && !isFetching && data !== undefined && (
        <Found found={data.found} words={foundWords(data)} onShow={samples.show} />
      )}
    </PanelPart>
  );
}

type Break = { readonly record: string; readonly title: string; readonly why: string };
type FoundProps = {
  found: readonly Break[];
  words: string;
  onShow: (record: string) => void;
};

function Found({ found, words, onShow }: FoundProps) {
  return (
    <>
      <p role="status" className="type-small text-ink-2">
        {words}
      </p>
      {found.length > 0 && (
        <ul aria-label="Records that break it" className="flex flex-col">
          {found.map(({ record, title, why }) => (
            <li key={record} className="flex flex-col gap-0.5 border-rule border-t py-2">
              <button
                type="button"
                className="link min-h-6 text-left"
                onClick={() => onShow(record)}
              >
                {title}
              </button>
              <span className="break-words type-small text-ink-2">{why}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

type Looked = { found: readonly Break[]; looked: number; unknown: number; isWhole: boolean };

function foundWords({ found, looked, unknown, isWhole }: Looked): string {
  const records = looked === 1 ? "1 record" : `${formatCount(looked)} records`;
  const all = isWhole ? `the ${records} that the hub has` : `the first ${records}`;
  const some = found.length === 1 ? "One breaks it" : `${found.length} break it`;
  const sentence = found.length === 0 ? `None of ${all} breaks it.` : `${some}, among ${all}.`;
  if (unknown === 0) return sentence;
  return (
    `${sentence} Of ${formatCount(unknown)} rows the hub does not know these columns: no line has ` +
    "read them until now."
  );
}
