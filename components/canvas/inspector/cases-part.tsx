"use client";

import { conditionsWords } from "../../../server/core/conditions/condition-words.ts";
import type { Condition, OwnershipRule } from "../../../server/core/map/document.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { useEditor } from "../editor-context.ts";
import { fieldSubjects, firstCondition } from "./condition-line.tsx";
import { ConditionList } from "./condition-list.tsx";
import { PanelPart, Sentence } from "./panel.tsx";
import { moveCase, withCase, withoutCase } from "./tiers.ts";

type CasesProps = {
  rule: OwnershipRule;
  /** Which case the parts below show; null: what holds otherwise. */
  shown: number | null;
  show: (at: number | null) => void;
  set: (rule: OwnershipRule) => void;
};

/** Cases in which others decide: the first that holds, else what is said last. */
export function CasesPart({ rule, shown, show, set }: CasesProps) {
  const { entity, readOnly } = useEditor();
  const cases = rule.cases ?? [];
  const options = [
    ...cases.map(({ when }, at) => ({
      value: String(at),
      label: `While ${conditionsWords(entity.fields, when)}`,
    })),
    { value: OTHERWISE, label: "Otherwise" },
  ];
  const add = () => {
    set(withCase(rule, [firstCondition(entity.fields[0]?.id ?? "")]));
    show(cases.length);
  };
  return (
    <PanelPart title="Under which condition">
      {cases.length === 0 ? (
        <Sentence>The same systems decide it in every record.</Sentence>
      ) : (
        <RadioGroup
          label="The first that holds decides. Shown below:"
          options={options}
          value={shown === null ? OTHERWISE : String(shown)}
          onChange={(value) => show(value === OTHERWISE ? null : Number(value))}
        />
      )}
      {shown !== null && <ShownCase {...{ rule, shown, show, set }} />}
      {readOnly === null && (
        <Button size="sm" icon="plus" className="self-start" onClick={add}>
          Add a case
        </Button>
      )}
    </PanelPart>
  );
}

const OTHERWISE = "otherwise";

/** The conditions of the case that is shown, its place and its end. */
function ShownCase({ rule, shown, show, set }: CasesProps & { shown: number }) {
  const { entity, readOnly } = useEditor();
  const cases = rule.cases ?? [];
  const one = cases[shown];
  if (one === undefined) return null;
  const change = (when: Condition[]) =>
    set({ ...rule, cases: cases.with(shown, { ...one, when }) });
  const isLocked = readOnly !== null;
  const addCondition = () => change([...one.when, firstCondition(entity.fields[0]?.id ?? "")]);
  return (
    <div className="flex flex-col gap-2 rounded-panel border border-rule p-2">
      <ConditionList
        key={shown}
        conditions={one.when}
        subjects={fieldSubjects(entity.fields)}
        isLocked={isLocked}
        mayBeEmpty={false}
        onChange={change}
      />
      {!isLocked && (
        <span className="flex items-center gap-1">
          <Button size="sm" variant="quiet" icon="plus" onClick={addCondition}>
            And
          </Button>
          <IconButton
            icon="arrow-up"
            size="sm"
            label="Look at this case earlier"
            disabledReason={shown === 0 ? "It is the first" : undefined}
            onClick={() => {
              set(moveCase(rule, shown));
              show(shown - 1);
            }}
          />
          <IconButton
            icon="trash"
            size="sm"
            label="Remove this case"
            onClick={() => {
              show(null);
              set(withoutCase(rule, shown));
            }}
          />
        </span>
      )}
    </div>
  );
}
