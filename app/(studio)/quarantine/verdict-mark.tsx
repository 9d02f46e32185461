import { Lamp, type LampState } from "../../../components/ui/lamp.tsx";
import type { HeldItem } from "./held-filter.ts";

type Verdict = NonNullable<HeldItem["verdict"]>;

const WORDS: Readonly<Record<Verdict["kind"], { lamp: LampState; words: string }>> = {
  passes: { lamp: "ok", words: "passes now" },
  try: { lamp: "waiting", words: "only trying tells" },
  fails: { lamp: "quarantined", words: "still fails" },
  moot: { lamp: "ok", words: "no longer matters" },
};

/** Whether an item would pass if it were tried now. */
export function VerdictMark({ verdict }: { verdict: Verdict | null }) {
  if (verdict === null) return null;
  const { lamp, words } = WORDS[verdict.kind];
  return (
    <span className="inline-flex shrink-0 items-center gap-1.5 type-small text-ink-2">
      <Lamp state={lamp} size={12} label="" />
      {words}
    </span>
  );
}
