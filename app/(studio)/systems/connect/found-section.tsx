"use client";

import { useEffect, useRef } from "react";
import type { ProblemText } from "../../../../components/problem-of.ts";
import { Section } from "../../../../components/shell/section.tsx";
import { formatCount } from "../../../../components/ui/count.tsx";
import { SkeletonRows } from "../../../../components/ui/skeleton.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import { CheckLines } from "../check-lines.tsx";

type Preview = Outputs["systems"]["preview"];

type FoundSectionProps = {
  preview: { data: Preview | undefined; isPending: boolean };
  problem: ProblemText | null;
};

/** What came of trying: the test line by line, and what the system holds. */
export function FoundSection({ preview, problem }: FoundSectionProps) {
  const { data, isPending } = preview;
  const place = useRef<HTMLDivElement>(null);
  // It appears below a long form: whoever asked for it sees it.
  useEffect(() => {
    if (isPending) place.current?.scrollIntoView({ block: "center" });
    if (data !== undefined) place.current?.scrollIntoView({ block: "start" });
  }, [isPending, data]);
  if (!isPending && data === undefined && problem === null) return null;
  return (
    <div ref={place} className="scroll-mt-4">
      <Section title="What came of it" flush>
        <div role="status">
          {isPending && <SkeletonRows rows={5} label="Trying the system" />}
          {data !== undefined && <CheckLines lines={data.lines} />}
          {data?.objects && <Objects objects={data.objects} />}
          {problem !== null && <p className="px-4 py-3 type-body text-fail">{problem.message}</p>}
        </div>
      </Section>
    </div>
  );
}

const NAMES_MAX = 12;

function Objects({ objects }: { objects: NonNullable<Preview["objects"]> }) {
  const named = objects.slice(0, NAMES_MAX).map(({ name }) => name);
  const rest = objects.length - named.length;
  const keyless = objects.filter(({ key }) => key.length === 0).length;
  return (
    <div className="border-rule border-t px-4 py-3">
      <p className="type-label">{formatCount(objects.length)} objects found</p>
      <p className="type-value break-words text-ink-2">
        {named.join(", ")}
        {rest > 0 && ` and ${formatCount(rest)} more`}
      </p>
      {keyless > 0 && (
        <p className="mt-1 type-small text-ink-2">
          {formatCount(keyless)} without a key: their rows cannot be told apart, so they cannot be
          bound.
        </p>
      )}
    </div>
  );
}
