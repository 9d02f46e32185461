"use client";

import {
  COMPARISONS,
  type EntityRule,
  SEVERITIES,
  type Severity,
} from "../../../server/core/map/document.ts";
import { entityRulesWords } from "../../../server/core/map/sentences.ts";
import { OPERATOR_WORDS } from "../../../server/core/scope/scope-words.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { useEditor } from "../editor-context.ts";
import { freeId } from "../gestures/free-id.ts";
import { PanelPart, Sentence } from "./panel.tsx";
import { useCommitted } from "./use-committed.ts";

/** What a breach stops, as a person chooses it. */
const SEVERITY_LABELS: Record<Severity, string> = {
  record: "The whole record waits",
  field: "The field waits",
  warn: "It is taken with a warning",
};

const SEVERITY_OPTIONS = SEVERITIES.map((value) => ({ value, label: SEVERITY_LABELS[value] }));
const OPERATORS = COMPARISONS.map((value) => ({ value, label: OPERATOR_WORDS[value] }));

/** Stands for "a value" among the fields that a field is compared with. */
const CONSTANT = "";

/** What the values of one record must meet together. */
export function EntityRulesPart() {
  const { entity, apply, readOnly } = useEditor();
  const rules = entity.rules ?? [];
  const isLocked = readOnly !== null;
  const set = (next: EntityRule[]) => {
    const changes = { rules: next.length === 0 ? null : next };
    apply({ type: "change-entity", entity: entity.id, changes });
  };
  const add = (field: string) => {
    const id = freeId(
      `${field}-rule`,
      rules.map((rule) => rule.id),
    );
    set([...rules, { kind: "compare-value", id, field, operator: "is-not", value: "" }]);
  };
  return (
    <PanelPart title="What values must meet together">
      {rules.length === 0 && <Sentence>Each field is tested by itself alone.</Sentence>}
      <ul className="flex flex-col gap-2">
        {rules.map((rule, at) => (
          <EntityRuleCard
            key={rule.id}
            {...{ rule, isLocked }}
            onChange={(next) => set(rules.with(at, next))}
            onRemove={() => set(rules.toSpliced(at, 1))}
          />
        ))}
      </ul>
      {!isLocked && (
        <Select
          label="Add a rule between fields"
          placeholder="Compare a field"
          options={entity.fields.map(({ id, name }) => ({ value: id, label: name }))}
          value={null}
          onChange={add}
        />
      )}
    </PanelPart>
  );
}

type EntityRuleCardProps = {
  rule: EntityRule;
  isLocked: boolean;
  onChange: (rule: EntityRule) => void;
  onRemove: () => void;
};

function EntityRuleCard({ rule, isLocked, onChange, onRemove }: EntityRuleCardProps) {
  const { entity } = useEditor();
  const words = entityRulesWords({ ...entity, rules: [rule] });
  const others = entity.fields.filter(({ id }) => id !== rule.field);
  const options = [
    { value: CONSTANT, label: "a value" },
    ...others.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const { id, field, operator, severity } = rule;
  const shared = { id, field, operator, ...(severity === undefined ? {} : { severity }) };
  return (
    <li className="flex flex-col gap-2 rounded-panel border border-rule p-3">
      <div className="flex items-start gap-2">
        <span className="min-w-0 flex-1 type-label">{words}</span>
        {!isLocked && (
          <IconButton icon="trash" size="sm" label={`Remove “${words}”`} onClick={onRemove} />
        )}
      </div>
      <div className="grid grid-cols-2 gap-2">
        <Select
          label="How it is compared"
          options={OPERATORS}
          value={operator}
          disabled={isLocked}
          onChange={(next) => onChange({ ...rule, operator: next })}
        />
        <Select
          label="What it is compared with"
          options={options}
          value={rule.kind === "compare" ? rule.other : CONSTANT}
          disabled={isLocked}
          onChange={(other) =>
            onChange(
              other === CONSTANT
                ? { ...shared, kind: "compare-value", value: "" }
                : { ...shared, kind: "compare", other },
            )
          }
        />
      </div>
      {rule.kind === "compare-value" && (
        <Constant {...{ rule, isLocked }} onChange={(value) => onChange({ ...rule, value })} />
      )}
      <Select
        label="What a breach stops"
        options={SEVERITY_OPTIONS}
        value={severity ?? "field"}
        disabled={isLocked}
        onChange={(next) => onChange({ ...rule, severity: next })}
      />
    </li>
  );
}

type ConstantProps = {
  rule: Extract<EntityRule, { kind: "compare-value" }>;
  isLocked: boolean;
  onChange: (value: string) => void;
};

function Constant({ rule, isLocked, onChange }: ConstantProps) {
  const typed = useCommitted(rule.value, onChange);
  return (
    <Input
      mono
      aria-label="The value"
      disabled={isLocked}
      value={typed.value}
      onChange={typed.change}
      onBlur={typed.flush}
    />
  );
}
