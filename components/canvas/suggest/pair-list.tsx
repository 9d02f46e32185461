"use client";

import { useId } from "react";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Icon } from "../../ui/icon.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import { useEditor } from "../editor-context.ts";
import { Samples } from "./candidate-row.tsx";
import { type Candidate, candidateKey } from "./candidates.ts";
import { Score } from "./score.tsx";

type PairListProps = {
  title: string;
  pairs: readonly Candidate[];
  isTicked: (pair: Candidate) => boolean;
  tick: (pairs: readonly Candidate[], on: boolean) => void;
};

/** Pairs to tick: what would be joined, why, and values of both. */
export function PairList({ title, pairs, isTicked, tick }: PairListProps) {
  const heading = useId();
  if (pairs.length === 0) return null;
  const ticked = pairs.filter(isTicked).length;
  return (
    <section aria-labelledby={heading}>
      <div className="flex min-h-10 items-center justify-between gap-3 bg-sunk px-4">
        <Checkbox
          label={
            <span id={heading} className="type-label">
              {title}
            </span>
          }
          checked={ticked === pairs.length}
          mixed={ticked > 0 && ticked < pairs.length}
          onChange={() => tick(pairs, ticked < pairs.length)}
        />
        <span className="type-small text-ink-2">
          {ticked} of {pairs.length}
        </span>
      </div>
      <ul aria-labelledby={heading}>
        {pairs.map((pair) => (
          <PairLine
            key={candidateKey(pair)}
            pair={pair}
            isTicked={isTicked(pair)}
            onTick={(on) => tick([pair], on)}
          />
        ))}
      </ul>
    </section>
  );
}

type PairLineProps = { pair: Candidate; isTicked: boolean; onTick: (on: boolean) => void };

function PairLine({ pair, isTicked, onTick }: PairLineProps) {
  const { document, entity } = useEditor();
  const binding = document.bindings.find(({ id }) => id === pair.binding);
  const system = document.systems.find(({ id }) => id === binding?.system);
  const field = entity.fields.find(({ id }) => id === pair.field)?.name ?? pair.field;
  return (
    <li className="grid gap-x-6 gap-y-1 border-rule border-b px-4 py-2.5 md:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-1">
        <Checkbox
          label={
            <span className="flex min-w-0 flex-wrap items-center gap-x-2 type-label">
              {system && <LineBullet system={system} quiet />}
              <span className="wrap-anywhere">{pair.column}</span>
              <Icon name="arrow-right" size={14} className="text-ink-3" />
              <span className="wrap-anywhere">{field}</span>
            </span>
          }
          checked={isTicked}
          onChange={onTick}
        />
        <p className="pl-6 type-small text-ink-2">{pair.reason}</p>
        {pair.stepWords !== null && (
          <p className="pl-6 type-small">
            With a step: {pair.stepWords}
            {pair.goesBack ? "" : " Only read: it has no way back."}
          </p>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-1 max-md:pl-6">
        <span className="flex min-h-6 items-center md:justify-end">
          <Score score={pair.score} />
        </span>
        <Samples candidate={pair} from={system?.name ?? pair.binding} />
      </div>
    </li>
  );
}
