"use client";

import { OPERATOR_WORDS } from "../../../server/core/conditions/condition-words.ts";
import {
  COMPARISONS,
  type Condition,
  type EntityRule,
  SEVERITIES,
  type Severity,
} from "../../../server/core/map/document.ts";
import { entityRulesWords } from "../../../server/core/map/sentences.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Select } from "../../ui/select.tsx";
import { useEditor } from "../editor-context.ts";
import { freeId } from "../gestures/free-id.ts";
import { fieldSubjects, firstCondition, type Subjects } from "./condition-line.tsx";
import { ConditionList } from "./condition-list.tsx";
import { PanelPart, Sentence } from "./panel.tsx";

/** What a breach stops, as a person chooses it. */
const SEVERITY_LABELS: Record<Severity, string> = {
  record: "The whole record waits",
  field: "The field waits",
  warn: "It is taken with a warning",
};

const SEVERITY_OPTIONS = SEVERITIES.map((value) => ({ value, label: SEVERITY_LABELS[value] }));
const OPERATORS = COMPARISONS.map((value) => ({ value, label: OPERATOR_WORDS[value] }));

/** Stands for "a value" among the fields that a field is compared with. */
const CONSTANT = "=values";

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
    set([...rules, { kind: "condition", id, condition: firstCondition(field) }]);
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
  const subjects = fieldSubjects(entity.fields);
  return (
    <li className="flex flex-col gap-2 rounded-panel border border-rule p-3">
      <div className="flex items-start gap-2">
        <span className="min-w-0 flex-1 type-label">{words}</span>
        {!isLocked && (
          <IconButton icon="trash" size="sm" label={`Remove “${words}”`} onClick={onRemove} />
        )}
      </div>
      <Select
        label="What it is compared with"
        options={[{ value: CONSTANT, label: "Compared with values" }, ...othersOf(rule, subjects)]}
        value={rule.kind === "compare" ? rule.other : CONSTANT}
        disabled={isLocked}
        onChange={(other) => onChange(other === CONSTANT ? withValues(rule) : against(rule, other))}
      />
      {rule.kind === "compare" ? (
        <Select
          label="How it is compared"
          options={OPERATORS}
          value={rule.operator}
          disabled={isLocked}
          onChange={(operator) => onChange({ ...rule, operator })}
        />
      ) : (
        <ConditionList
          conditions={[rule.condition]}
          mayBeEmpty={false}
          {...{ subjects, isLocked }}
          onChange={([condition]) => condition !== undefined && onChange({ ...rule, condition })}
        />
      )}
      <OnlyWhile {...{ rule, subjects, isLocked, onChange }} />
      <Select
        label="What a breach stops"
        options={SEVERITY_OPTIONS}
        value={rule.severity ?? "field"}
        disabled={isLocked}
        onChange={(severity) => onChange({ ...rule, severity })}
      />
    </li>
  );
}

const subjectOf = (rule: EntityRule) => (rule.kind === "compare" ? rule.field : rule.condition.of);

const othersOf = (rule: EntityRule, subjects: Subjects) =>
  subjects
    .filter(({ value }) => value !== subjectOf(rule))
    .map(({ value, label }) => ({ value, label: `Compared with ${label}` }));

const headOf = ({ id, severity, when }: EntityRule) => ({
  id,
  ...(severity !== undefined && { severity }),
  ...(when !== undefined && { when }),
});

function withValues(rule: EntityRule): EntityRule {
  if (rule.kind === "condition") return rule;
  return { kind: "condition", ...headOf(rule), condition: firstCondition(rule.field) };
}

function against(rule: EntityRule, other: string): EntityRule {
  if (rule.kind === "compare") return { ...rule, other };
  const field = subjectOf(rule);
  return { kind: "compare", ...headOf(rule), field, operator: "is-not", other };
}

type OnlyWhileProps = Pick<EntityRuleCardProps, "rule" | "isLocked" | "onChange"> & {
  subjects: Subjects;
};

/** Conditions under which the rule is asked at all. */
function OnlyWhile({ rule, subjects, isLocked, onChange }: OnlyWhileProps) {
  const { when = [] } = rule;
  const set = (next: Condition[]) => {
    const { when: _, ...always } = rule;
    onChange(next.length === 0 ? always : { ...always, when: next });
  };
  const add = () => set([...when, firstCondition(subjects[0]?.value ?? "")]);
  return (
    <>
      {when.length > 0 && (
        <>
          <span className="type-small text-ink-2">Only while</span>
          <ConditionList conditions={when} mayBeEmpty {...{ subjects, isLocked }} onChange={set} />
        </>
      )}
      {!isLocked && (
        <Button size="sm" variant="quiet" icon="plus" className="self-start" onClick={add}>
          {when.length === 0 ? "Only while …" : "And"}
        </Button>
      )}
    </>
  );
}
