"use client";

import type { FieldMassLimits, MassLimit, MassLimits } from "../../../server/core/map/document.ts";
import {
  limitWords,
  MASS_DEFAULTS,
  MASS_KINDS,
  type MassKind,
} from "../../../server/core/map/mass-words.ts";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { useEditor } from "../editor-context.ts";
import { PanelPart, Sentence } from "./panel.tsx";
import { useCommitted } from "./use-committed.ts";

const LABELS: Readonly<Record<MassKind, string>> = {
  gone: "Rows are gone",
  cleared: "One field is cleared",
  changed: "One field is changed",
};

type MassChangePartProps = {
  limits: MassLimits | undefined;
  /** What holds where nothing is said here: a line's object, an object's defaults. */
  usual?: MassLimits | undefined;
  /** A line is about its fields alone, and not about rows that are gone. */
  isOfField?: boolean;
  onChange: (limits: MassLimits | null) => void;
};

/** How many rows may be gone, or change one field, before a person is asked. */
export function MassChangePart(props: MassChangePartProps) {
  const { limits, usual, isOfField = false, onChange } = props;
  const kinds = MASS_KINDS.filter((kind) => !isOfField || kind !== "gone");
  const set = (kind: MassKind, limit: MassLimit | undefined) => {
    const { [kind]: _, ...others } = limits ?? {};
    const next = limit === undefined ? others : { ...others, [kind]: limit };
    onChange(Object.keys(next).length === 0 ? null : next);
  };
  return (
    <PanelPart title="Many rows at once">
      <Sentence>
        {isOfField
          ? "In 10 minutes of changes, or in one whole read: of this line’s fields."
          : "In 10 minutes of changes, or in one whole read. A line may have limits of its own."}
      </Sentence>
      {kinds.map((kind) => (
        <LimitField
          key={kind}
          kind={kind}
          limit={limits?.[kind]}
          usual={usual?.[kind] ?? MASS_DEFAULTS[kind]}
          onChange={(limit) => set(kind, limit)}
        />
      ))}
    </PanelPart>
  );
}

type LimitFieldProps = {
  kind: MassKind;
  limit: MassLimit | undefined;
  usual: MassLimit;
  onChange: (limit: MassLimit | undefined) => void;
};

const CHOICES = [
  { value: "usual", label: "As usual" },
  { value: "own", label: "Ask above …" },
  { value: "off", label: "Never ask" },
] as const;
type Choice = (typeof CHOICES)[number]["value"];

function LimitField({ kind, limit, usual, onChange }: LimitFieldProps) {
  const { readOnly } = useEditor();
  const choice = choiceOf(limit);
  const choose = (next: Choice) => {
    if (next !== choice) onChange(chosen(next, usual));
  };
  return (
    <Field group label={LABELS[kind]} hint={`${capital(limitWords(kind, limit ?? usual))}.`}>
      <Select<Choice>
        label={LABELS[kind]}
        options={CHOICES}
        value={choice}
        disabled={readOnly !== null}
        onChange={choose}
      />
      {limit !== undefined && limit !== "off" && (
        <span className="flex items-center gap-2 type-body">
          <NumberInput
            label={`${LABELS[kind]}: more rows than`}
            value={limit.rows}
            max={1_000_000}
            onCommit={(rows) => onChange({ ...limit, rows })}
          />
          rows and
          <NumberInput
            label={`${LABELS[kind]}: more percent than`}
            value={limit.percent}
            max={100}
            onCommit={(percent) => onChange({ ...limit, percent })}
          />
          %
        </span>
      )}
    </Field>
  );
}

function choiceOf(limit: MassLimit | undefined): Choice {
  if (limit === undefined) return "usual";
  return limit === "off" ? "off" : "own";
}

/** What a choice says at first; its own limit begins as the usual one. */
function chosen(choice: Choice, usual: MassLimit): MassLimit | undefined {
  if (choice === "usual") return undefined;
  if (choice === "off") return "off";
  return usual === "off" ? MASS_DEFAULTS.gone : usual;
}

type NumberInputProps = {
  label: string;
  value: number;
  max: number;
  onCommit: (value: number) => void;
};

function NumberInput({ label, value, max, onCommit }: NumberInputProps) {
  const { readOnly } = useEditor();
  const isGood = (text: string) => /^\d{1,7}$/.test(text) && Number(text) <= max;
  const typed = useCommitted(String(value), (text) => {
    if (isGood(text)) onCommit(Number(text));
  });
  return (
    <Input
      mono
      aria-label={label}
      aria-invalid={!isGood(typed.value)}
      inputMode="numeric"
      className="w-20 text-right"
      value={typed.value}
      disabled={readOnly !== null}
      onChange={typed.change}
      onBlur={typed.flush}
    />
  );
}

const capital = (words: string) => words.replace(/^./, (first) => first.toUpperCase());

/** A line's limits are about its fields. */
export const ofField = ({ cleared, changed }: MassLimits): FieldMassLimits => ({
  ...(cleared !== undefined && { cleared }),
  ...(changed !== undefined && { changed }),
});
