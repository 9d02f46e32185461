// biome-ignore-all lint/a11y/useSemanticElements: a virtual list cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus
import type { NamedSystem } from "../../../components/audit/actor-words.ts";
import { Lamp } from "../../../components/ui/lamp.tsx";
import { Time } from "../../../components/ui/time.tsx";
import { FieldValue } from "../../../components/values/field-value.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import type { Question } from "./conflict-filter.ts";
import { contendersOf } from "./contenders.ts";
import { tellingParts } from "./telling-parts.ts";

type QueueItemProps = {
  question: Question;
  name: string;
  systems: readonly NamedSystem[];
};

/** One question in the list: what it is about, who contends with which values, how old it is. */
export function QueueItem({ question, name, systems }: QueueItemProps) {
  const sides = contendersOf(question, systems);
  const parts = tellingParts(sides.map(({ value }) => value));
  const marks = sides.flatMap(({ from }) => systems.filter(({ id }) => from === `system:${id}`));
  const [first, second] = marks;
  return (
    <div role="gridcell" className="flex w-full min-w-0 items-center gap-3">
      {first === undefined ? (
        <Lamp state="conflict" size={20} label="" />
      ) : (
        <LineBullet system={first} as="conflict" against={second} size={20} />
      )}
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate type-label">{name}</span>
          <span className="shrink-0 type-small text-ink-2">
            <Time at={question.openedAt} form="ago" />
          </span>
        </span>
        <span className="flex min-w-0 items-center gap-1.5 type-small text-ink-2">
          {question.kind === "delete"
            ? "Keep or delete?"
            : sides.map(({ from }, place) => (
                <span key={from} className="flex min-w-0 items-center gap-1.5">
                  {place > 0 && <span aria-hidden>·</span>}
                  <FieldValue value={parts[place]} />
                </span>
              ))}
        </span>
      </span>
    </div>
  );
}
