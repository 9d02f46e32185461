import { ActorMark } from "../../../../components/audit/actor-mark.tsx";
import type { NamedSystem } from "../../../../components/audit/actor-words.ts";
import { LineChange } from "../../../../components/audit/line-change.tsx";
import { originWords, whyWords } from "../../../../components/audit/line-why.ts";
import { cx } from "../../../../components/ui/cx.ts";
import { Time } from "../../../../components/ui/time.tsx";
import type { SpreadLine } from "../../../../server/core/audit/log-line.ts";

type LineListProps = {
  /** Spoken name. */
  label: string;
  lines: readonly SpreadLine[];
  systems: readonly NamedSystem[];
  /** What the field of a line is called; left out where all are about one field. */
  fieldName?: ((field: string) => string) | undefined;
  /** Lines behind this moment have not happened yet. */
  at?: string | null | undefined;
};

/** What happened, newest first: who, what, from what to what, and why. */
export function LineList({ label, lines, systems, fieldName, at = null }: LineListProps) {
  const until = at === null ? Number.POSITIVE_INFINITY : Date.parse(at);
  return (
    <ol aria-label={label} className="divide-y divide-rule/70">
      {lines.map((line) => (
        <li
          key={line.key}
          title={originWords(line)}
          className={cx(
            "flex flex-col gap-0.5 px-4 py-2",
            Date.parse(line.at) > until && "bg-sunk",
          )}
        >
          <span className="flex items-center gap-2 type-body">
            <ActorMark actor={line.actor} to={line.system} systems={systems} />
            {fieldName !== undefined && line.field !== null && (
              <span className="truncate type-label">{fieldName(line.field)}</span>
            )}
            <span className="ml-auto shrink-0 type-small text-ink-2">
              {Date.parse(line.at) > until && "later, "}
              <Time at={line.at} />
            </span>
          </span>
          <LineChange line={line} systems={systems} />
          <span className="type-small text-ink-2">{whyWords(line)}</span>
        </li>
      ))}
    </ol>
  );
}
