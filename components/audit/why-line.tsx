import Link from "next/link";
import type { SpreadLine } from "../../server/core/audit/log-line.ts";
import { Time } from "../ui/time.tsx";
import { FieldValue } from "../values/field-value.tsx";
import { ActorMark } from "./actor-mark.tsx";
import type { NamedSystem } from "./actor-words.ts";
import { whyWords } from "./line-why.ts";

type WhyLineProps = { line: SpreadLine; systems: readonly NamedSystem[] };

/**
 * Who put the value there, when, by which rule, from which event, and what lost.
 *
 * <WhyLine line={line} systems={systems} />
 */
export function WhyLine({ line, systems }: WhyLineProps) {
  const { actor, at, cause, losers, mapVersion, run } = line;
  const written = cause.at ?? null;
  return (
    <div className="flex flex-col gap-1">
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <ActorMark actor={actor} systems={systems} />
        <span>
          <Time at={written ?? at} />
        </span>
        <span className="text-ink-2">{whyWords(line)}</span>
      </span>
      {losers !== null && losers.length > 0 && (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-ink-2">
          lost:
          {losers.map((loser) => (
            <span key={loser.from} className="inline-flex min-w-0 items-center gap-1.5">
              <ActorMark actor={loser.from} systems={systems} as="contributor" bare />
              <FieldValue value={loser.value} expandable />
              {loser.at != null && <Time at={loser.at} form="clock" />}
            </span>
          ))}
        </span>
      )}
      <span className="flex flex-wrap gap-x-3 gap-y-1 type-small text-ink-2">
        <Link className="link" href={`/versions?version=${mapVersion}`}>
          map version {mapVersion}
        </Link>
        {cause.position != null && cause.position !== "" && (
          <span>
            event <span className="font-mono">{cause.position}</span>
          </span>
        )}
        {cause.transaction != null && (
          <span>
            transaction <span className="font-mono">{cause.transaction}</span>
          </span>
        )}
        {run !== null && (
          <Link className="link" href={`/runs/${run}`}>
            its run
          </Link>
        )}
        <span>
          line <span className="font-mono">{`${line.stream} ${line.number}`}</span>
        </span>
      </span>
    </div>
  );
}
