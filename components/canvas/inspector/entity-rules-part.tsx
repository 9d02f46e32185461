"use client";

import dynamic from "next/dynamic";
import { OPERATOR_WORDS } from "../../../server/core/conditions/condition-words.ts";
import { memberName } from "../../../server/core/expressions/record-names.ts";
import {
  COMPARISONS,
  type Condition,
  type EntityRule,
  fieldsOfRule,
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
const EXPRESSION = "=expression";
const WAYS = [
  { value: CONSTANT, label: "Compared with values" },
  { value: EXPRESSION, label: "By an expression" },
];

/** Apart, for it brings the language of expressions with it. */
const RuleExpressionForm = dynamic(() =>
  import("./rule-expression-form.tsx").then((part) => part.RuleExpressionForm),
);

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
        options={[...WAYS, ...othersOf(rule, subjects)]}
        value={wayOf(rule)}
        disabled={isLocked}
        onChange={(way) => onChange(saidAs(rule, way, subjects))}
      />
      <Asked {...{ rule, subjects, isLocked, onChange }} />
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

/** What the rule asks, in the form of its kind. */
function Asked({ rule, subjects, isLocked, onChange }: OnlyWhileProps) {
  const { entity } = useEditor();
  switch (rule.kind) {
    case "compare":
      return (
        <Select
          label="How it is compared"
          options={OPERATORS}
          value={rule.operator}
          disabled={isLocked}
          onChange={(operator) => onChange({ ...rule, operator })}
        />
      );
    case "condition":
      return (
        <ConditionList
          conditions={[rule.condition]}
          mayBeEmpty={false}
          {...{ subjects, isLocked }}
          onChange={([condition]) => condition !== undefined && onChange({ ...rule, condition })}
        />
      );
    case "expression":
      return <RuleExpressionForm {...{ rule, isLocked, onChange }} fields={entity.fields} />;
  }
}

/** The field that a rule is about first; none where an expression names none. */
const subjectOf = (rule: EntityRule) => fieldsOfRule(rule)[0];

function wayOf(rule: EntityRule): string {
  if (rule.kind === "compare") return rule.other;
  return rule.kind === "condition" ? CONSTANT : EXPRESSION;
}

/** The same rule said another way, with what of it can stay. */
function saidAs(rule: EntityRule, way: string, subjects: Subjects): EntityRule {
  const field = subjectOf(rule) ?? subjects[0]?.value ?? "";
  if (way === EXPRESSION) return asExpression(rule, field);
  return way === CONSTANT ? withValues(rule, field) : against(rule, field, way);
}

function asExpression(rule: EntityRule, field: string): EntityRule {
  if (rule.kind === "expression") return rule;
  const expression = `has(record.${memberName(field)})`;
  return { kind: "expression", ...headOf(rule), expression };
}

const othersOf = (rule: EntityRule, subjects: Subjects) =>
  subjects
    .filter(({ value }) => value !== subjectOf(rule))
    .map(({ value, label }) => ({ value, label: `Compared with ${label}` }));

const headOf = ({ id, severity, when }: EntityRule) => ({
  id,
  ...(severity !== undefined && { severity }),
  ...(when !== undefined && { when }),
});

function withValues(rule: EntityRule, field: string): EntityRule {
  if (rule.kind === "condition") return rule;
  return { kind: "condition", ...headOf(rule), condition: firstCondition(field) };
}

function against(rule: EntityRule, field: string, other: string): EntityRule {
  if (rule.kind === "compare") return { ...rule, other };
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
