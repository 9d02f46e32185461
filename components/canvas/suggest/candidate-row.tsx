"use client";

import { useId } from "react";
import { Icon } from "../../ui/icon.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { FieldValue } from "../../values/field-value.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import { useEditor } from "../editor-context.ts";
import { TypeGlyph } from "../type-glyph.tsx";
import type { Candidate } from "./candidates.ts";
import { Score } from "./score.tsx";
import { scoreWords } from "./score-words.ts";

type CandidateRowProps = {
  candidate: Candidate;
  shows: "column" | "field";
  onTake: () => void;
  onDismiss: () => void;
};

/** One candidate, the whole of it a button that takes it. */
export function CandidateRow({ candidate, shows, onTake, onDismiss }: CandidateRowProps) {
  const { readOnly } = useEditor();
  const reason = useId();
  const { system, name, type } = useNames(candidate, shows);
  const { score } = candidate;
  const words = scoreWords(score);
  const spoken = [name, ...(shows === "column" ? [system?.name ?? ""] : [])];
  return (
    <li className="relative border-rule border-t">
      <button
        type="button"
        data-candidate
        aria-label={[...spoken, words.toLowerCase(), score.toFixed(2)].join(", ")}
        aria-describedby={reason}
        aria-disabled={readOnly !== null}
        title={readOnly ?? undefined}
        onClick={() => readOnly === null && onTake()}
        className={
          "flex w-full flex-col gap-1 py-2.5 pr-12 pl-4 text-left outline-offset-[-2px] " +
          "hover:bg-sunk focus-visible:bg-sunk"
        }
      >
        <span className="flex min-w-0 items-center gap-2">
          {shows === "column" && system && <LineBullet system={system} quiet />}
          <TypeGlyph type={type} />
          <span className="min-w-0 flex-1 truncate type-label">{name}</span>
          <Score score={score} />
        </span>
        <span id={reason} className="type-small text-ink-2">
          {candidate.reason}
        </span>
        {candidate.stepWords !== null && (
          <span className="type-small text-ink">
            With a step: {candidate.stepWords}
            {candidate.goesBack ? "" : " Only read: it has no way back."}
          </span>
        )}
        <Samples candidate={candidate} from={system?.name ?? candidate.binding} />
      </button>
      <span className="absolute top-1.5 right-2">
        <IconButton
          icon="close"
          size="sm"
          label={`Dismiss ${name}`}
          disabledReason={readOnly ?? undefined}
          onClick={onDismiss}
        />
      </span>
    </li>
  );
}

function useNames({ binding: id, column, field }: Candidate, shows: "column" | "field") {
  const { document, entity, schemaOf } = useEditor();
  const binding = document.bindings.find((one) => one.id === id);
  const system = document.systems.find((one) => one.id === binding?.system);
  const found = entity.fields.find((one) => one.id === field);
  const schema = binding === undefined ? null : schemaOf(binding);
  const columnType = schema?.columns.find((one) => one.name === column)?.type ?? null;
  return shows === "column"
    ? { system, name: column, type: columnType }
    : { system, name: found?.name ?? field, type: found?.type ?? null };
}

/** What the column has and what the field has, pair by pair. */
export function Samples({ candidate, from }: { candidate: Candidate; from: string }) {
  const { entity } = useEditor();
  if (candidate.samples.length === 0) return null;
  return (
    <span className="mt-0.5 grid grid-cols-[1fr_auto_1fr_auto] items-center gap-x-2 gap-y-0.5">
      {candidate.samples.map(({ column, field, meets }, at) => (
        // Two pairs may be the same; they stand in a fixed order.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span key={at} className="contents">
          <span className="flex min-w-0 justify-end" title={`In ${from}`}>
            <FieldValue value={column} />
          </span>
          <Icon name="arrow-right" size={12} className="text-ink-3" />
          <span className="flex min-w-0" title={`In ${entity.name}`}>
            <FieldValue value={field} />
          </span>
          <span className="w-14 text-right type-small text-ink-2">{meets ? "meet" : "differ"}</span>
        </span>
      ))}
    </span>
  );
}
