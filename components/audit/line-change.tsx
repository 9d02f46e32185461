import type { SpreadLine } from "../../server/core/audit/log-line.ts";
import { FieldValue } from "../values/field-value.tsx";
import { ValueDiff } from "../values/value-diff.tsx";
import { ActorMark } from "./actor-mark.tsx";
import type { NamedSystem } from "./actor-words.ts";

type LineChangeProps = {
  line: Pick<SpreadLine, "kind" | "field" | "before" | "after" | "losers" | "cause" | "system">;
  systems: readonly NamedSystem[];
};

/** Lines of these kinds are about a value that did not become the hub's. */
const REFUSED: ReadonlySet<string> = new Set(["rejected", "kept-apart", "held", "quarantined"]);

/**
 * From what to what, on one line. A refused value never was the hub's: it stands first, struck
 * out by what stands.
 *
 * <LineChange line={line} systems={systems} />
 */
export function LineChange({ line, systems }: LineChangeProps) {
  const { kind, field, before, after, losers } = line;
  const [loser] = losers ?? [];
  // A dismissed row is told by all its columns.
  if (kind === "released") {
    return loser === undefined ? null : <FieldValue value={loser.value} />;
  }
  // A line about a record or row as a whole has no one value.
  if (field === null) return null;
  if (REFUSED.has(kind) && loser !== undefined) {
    return (
      <span className="flex min-w-0 items-center gap-1.5">
        <ActorMark actor={loser.from} systems={systems} as="contributor" bare />
        <FieldValue value={loser.value} />
        <span className="shrink-0 type-small text-ink-2">
          {kind === "held" || kind === "quarantined" ? "waits" : "against"}
        </span>
        {kind !== "held" && after !== undefined && <FieldValue value={after} />}
      </span>
    );
  }
  if (before === undefined) return <FieldValue value={after} />;
  return <ValueDiff before={before} after={after} line />;
}
