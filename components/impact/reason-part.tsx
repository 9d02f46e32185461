"use client";

import { fuseSentence } from "../../server/core/impact/fuses.ts";
import { systemName } from "../../server/core/map/place.ts";
import { Banner } from "../ui/banner.tsx";
import { Field } from "../ui/field.tsx";
import { Textarea } from "../ui/textarea.tsx";
import type { PreviewState } from "./use-preview.ts";

type ReasonPartProps = {
  state: PreviewState;
  reason: string;
  onChange: (reason: string) => void;
};

/** What nobody should publish without a reason in their own words, and the place for it. */
export function ReasonPart({ state, reason, onChange }: ReasonPartProps) {
  const sentences = askedBy(state);
  if (sentences.length === 0) return null;
  return (
    <section aria-label="Why this is right" className="border-rule border-t">
      <Banner tone="warn" title="This asks for a reason">
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Banner>
      <div className="p-4">
        <Field label="Why this is right" hint="In your own words; it stays with the version.">
          <Textarea value={reason} onChange={onChange} />
        </Field>
      </div>
    </section>
  );
}

function askedBy(state: PreviewState): string[] {
  switch (state.kind) {
    case "done":
      return state.impact.fuses.map((fuse) =>
        fuseSentence(fuse, systemName(state.map, fuse.system)),
      );
    case "stopped":
    case "failed":
      return ["Nobody has looked at what it does to the records."];
    default:
      return [];
  }
}
