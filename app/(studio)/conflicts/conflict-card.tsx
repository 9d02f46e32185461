"use client";

import Link from "next/link";
import { ActorMark } from "../../../components/audit/actor-mark.tsx";
import { actorWords, type NamedSystem } from "../../../components/audit/actor-words.ts";
import { Banner } from "../../../components/ui/banner.tsx";
import { Time } from "../../../components/ui/time.tsx";
import { valueText } from "../../../components/values/value-text.ts";
import { type FieldValue, isTuple } from "../../../server/core/values/field-value.ts";
import type { Asked } from "./asked.ts";
import type { Question } from "./conflict-filter.ts";
import { ContenderColumn } from "./contender-column.tsx";
import { type Contender, rivalOf } from "./contenders.ts";
import { MarkedTuple } from "./marked-tuple.tsx";
import { MarkedValue } from "./marked-value.tsx";
import type { Choice } from "./use-decisions.ts";
import { whySentence } from "./why-sentence.ts";

type ConflictCardProps = {
  question: Question;
  /** "Product, Name". */
  place: string;
  /** Null: it is about the record, or the map has dropped the field. */
  asked: Asked | null;
  /** By system, which parts of a group its rows tell. */
  told: ReadonlyMap<string, ReadonlySet<string>>;
  systems: readonly NamedSystem[];
  contenders: readonly Contender[];
  /** Whose value changed just now. */
  moved: ReadonlySet<string>;
  /** Why the question came back, where it did. */
  returned: string | null;
  /** Why nothing can be decided now. */
  onTake: (choice: Choice) => void;
};

/** One question: what is asked and why, and every value that it can be answered with. */
export function ConflictCard(props: ConflictCardProps) {
  const { question, place, asked, systems, contenders, moved, returned } = props;
  const sides = contenders.map(({ from }) => actorWords(from, systems).name);
  const movedNames = contenders
    .filter(({ from }) => moved.has(from))
    .map(({ from }) => actorWords(from, systems).name);
  return (
    <>
      <header className="flex flex-col gap-1 px-4 pt-4 pb-3">
        <div className="flex flex-wrap gap-x-2 type-small text-ink-2">
          <span>{place}</span>
          <span aria-hidden>·</span>
          <span>
            asked <Time at={question.openedAt} />
          </span>
        </div>
        <h2 className="type-title">
          <Link
            href={`/records/${question.record}${asked === null ? "" : `?field=${asked.id}`}`}
            className="hover:underline"
          >
            {valueText(question.title)}
          </Link>
        </h2>
        <p className="max-w-3xl type-body text-ink-2">
          {whySentence(question, { field: asked?.name ?? "the field", sides })}
        </p>
      </header>
      {returned !== null && <Banner tone="warn" title={returned} />}
      <p role="status" className={movedNames.length === 0 ? "sr-only" : MOVED}>
        {movedNames.length > 0 &&
          `${movedNames.join(" and ")} changed the value just now. Look again before you decide.`}
      </p>
      {question.kind === "delete" ? <DeleteChoices {...props} /> : <Columns {...props} />}
    </>
  );
}

const MOVED = "bg-warn-bg px-4 py-2 type-label text-warn";

/** As many columns as there is room for; one below the other on a narrow screen. */
const COLUMNS =
  "grid border-rule border-y bg-panel md:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]";

function Columns(props: ConflictCardProps) {
  const { question, asked, told, systems, contenders, moved, onTake } = props;
  const { base } = question;
  const hasBase = "value" in base;
  const kept = hasBase ? base.value : contenders.find(({ isHub }) => isHub)?.value;
  return (
    <ol aria-label="Values" className={COLUMNS}>
      <ContenderColumn
        agreed
        keys="0"
        who={hasBase ? "Last agreed" : "In the hub"}
        value={
          kept === undefined ? (
            <span className="type-body text-ink-2">Nothing yet.</span>
          ) : (
            <AnyValue
              value={kept}
              against={hasBase ? undefined : rivalOf(kept, contenders)}
              asked={asked}
            />
          )
        }
        facts={
          <>
            {!hasBase && <span>They never agreed on one.</span>}
            <span>Everybody keeps or gets this one.</span>
          </>
        }
        action={hasBase ? "Keep last agreed" : "Keep the hub’s"}
        onTake={() => onTake({ kind: "hub" })}
      />
      {contenders.map(({ from, value, at, isHub, isPast }, index) => (
        <ContenderColumn
          key={from}
          keys={index < 9 ? String(index + 1) : null}
          who={<ActorMark actor={from} systems={systems} as="contributor" size={20} />}
          value={
            <AnyValue
              value={value}
              against={hasBase ? base.value : rivalOf(value, contenders)}
              asked={asked}
              told={told.get(from)}
            />
          }
          facts={
            <>
              {isHub && <span>The hub has it now.</span>}
              {isPast && <span>Its system has been written to since.</span>}
              <span>
                {at === null ? (
                  "When it was written is not known."
                ) : (
                  <>
                    Written <Time at={at} />
                  </>
                )}
              </span>
            </>
          }
          action={`Take ${actorWords(from, systems).name}’s`}
          onTake={() => onTake({ kind: "candidate", from })}
          flashed={moved.has(from)}
        />
      ))}
    </ol>
  );
}

type AnyValueProps = {
  value: FieldValue;
  against: FieldValue | undefined;
  asked: Asked | null;
  told?: ReadonlySet<string> | undefined;
};

/** One value, or all parts of a group. */
function AnyValue({ value, against, asked, told }: AnyValueProps) {
  const fields = asked?.fields ?? [];
  if (isTuple(value)) return <MarkedTuple {...{ value, against, fields }} told={told ?? null} />;
  return <MarkedValue value={value} against={against} type={fields[0]?.type} />;
}

function DeleteChoices({ systems, contenders, onTake }: ConflictCardProps) {
  const [cause] = contenders;
  const who = cause === undefined ? null : <ActorMark actor={cause.from} systems={systems} />;
  return (
    <ol aria-label="Choices" className={COLUMNS}>
      <ContenderColumn
        agreed
        keys="0"
        who="Keep the record"
        value={<p className="type-body">It stays in the hub and in every other system.</p>}
        facts="The deleted row is not made again."
        action="Keep"
        onTake={() => onTake({ kind: "keep" })}
      />
      <ContenderColumn
        keys="1"
        who={<>Delete it, like {who}</>}
        value={
          <p className="type-body">
            It goes from the hub, and from each system whose binding says so.
          </p>
        }
        facts="It can be taken back until the first row is deleted."
        action="Delete everywhere"
        onTake={() => onTake({ kind: "delete" })}
      />
    </ol>
  );
}
