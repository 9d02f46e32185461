"use client";

import type { Field } from "../../../server/core/map/document.ts";
import { VALIDATION_KINDS, ValidationRule } from "../../../server/core/map/document.ts";
import { saidForAll } from "../../../server/core/map/edits/splits.ts";
import { ruleWords, severityWords } from "../../../server/core/map/sentences.ts";
import { SettingsForm, type SettingsValue } from "../../forms/settings-form.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Select } from "../../ui/select.tsx";
import { useEditor } from "../editor-context.ts";
import { useForWhom } from "./for-whom.tsx";
import { PanelPart, Sentence } from "./panel.tsx";
import { useCommitted } from "./use-committed.ts";

const KIND_LABELS: Record<ValidationRule["kind"], string> = {
  required: "Must have a value",
  range: "Between two values",
  length: "So many characters",
  pattern: "Looks like a pattern",
  "one-of": "One of a list",
  unique: "No other record has it",
};

const FIRST: Record<ValidationRule["kind"], ValidationRule> = {
  required: { kind: "required" },
  range: { kind: "range", min: "0" },
  length: { kind: "length", max: 100 },
  pattern: { kind: "pattern", pattern: ".+" },
  "one-of": { kind: "one-of", values: ["A"] },
  unique: { kind: "unique" },
};

/** Kinds of which one rule says everything. */
const ONCE: readonly ValidationRule["kind"][] = ["required", "unique"];

/** What a value must meet before the hub accepts it. */
export function RulesPart({ field }: { field: Field }) {
  const { apply, document, entity, readOnly } = useEditor();
  const { all, part } = useForWhom(field, ["validation"]);
  const rules = (all ?? field).validation;
  const isLocked = readOnly !== null;
  const set = (validation: ValidationRule[]) => {
    const own = { type: "set-validation" as const, entity: entity.id, field: field.id, validation };
    const said = all === null ? null : saidForAll(document, entity, all.id, { validation });
    return apply(said ?? own);
  };
  const options = VALIDATION_KINDS.filter(
    (kind) => !ONCE.includes(kind) || !rules.some((rule) => rule.kind === kind),
  ).map((kind) => ({ value: kind, label: KIND_LABELS[kind] }));
  return (
    <>
      {part}
      <PanelPart title="What a value must meet">
        {rules.length === 0 && <Sentence>Any value of its type is accepted.</Sentence>}
        <ul className="flex flex-col gap-2">
          {rules.map((rule, at) => (
            <RuleCard
              // Two rules of one kind differ by their place alone.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              key={`${at} ${rule.kind}`}
              {...{ rule, isLocked }}
              onChange={(next) => set(rules.with(at, next))}
              onRemove={() => set(rules.toSpliced(at, 1))}
            />
          ))}
        </ul>
        {!isLocked && (
          <Select
            label="Add a rule"
            placeholder="Add a rule"
            options={options}
            value={null}
            onChange={(kind) => set([...rules, FIRST[kind]])}
          />
        )}
        {rules.length > 0 && (
          <Sentence>A value that does not meet them is held, and nothing is overwritten.</Sentence>
        )}
      </PanelPart>
    </>
  );
}

type RuleCardProps = {
  rule: ValidationRule;
  isLocked: boolean;
  onChange: (rule: ValidationRule) => void;
  onRemove: () => void;
};

function RuleCard({ rule, isLocked, onChange, onRemove }: RuleCardProps) {
  const { kind, ...settings } = rule;
  // What is being typed may be no rule yet: then it is not saved.
  const typed = useCommitted<SettingsValue>(settings, (value) => {
    const next = ValidationRule.safeParse({ kind, ...value });
    if (next.success) onChange(next.data);
  });
  const schema = SCHEMAS[kind];
  return (
    <li className="rounded-panel border border-rule" onBlur={typed.flush}>
      <header className="flex min-h-9 items-center gap-2 py-1 pr-1 pl-3">
        <span className="min-w-0 flex-1 truncate type-label">{KIND_LABELS[kind]}</span>
        <span className="truncate type-small text-ink-2">
          {ONCE.includes(kind)
            ? severityWords(rule.severity).replace(", else ", "Else ")
            : ruleWords(rule)}
        </span>
        {!isLocked && (
          <IconButton
            icon="trash"
            size="sm"
            label={`Remove “${KIND_LABELS[kind]}”`}
            onClick={onRemove}
          />
        )}
      </header>
      <div className="border-rule border-t p-3">
        <SettingsForm schema={schema} value={typed.value} onChange={typed.change} />
      </div>
    </li>
  );
}

const [required, range, length, pattern, oneOf, unique] = ValidationRule.options;

/** The settings of each kind of rule, without what makes it that kind. */
const SCHEMAS = {
  required: required.omit({ kind: true }),
  range: range.omit({ kind: true }),
  length: length.omit({ kind: true }),
  pattern: pattern.omit({ kind: true }),
  "one-of": oneOf.omit({ kind: true }),
  unique: unique.omit({ kind: true }),
} as const;
