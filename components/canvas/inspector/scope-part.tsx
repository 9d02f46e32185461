"use client";

import type { Binding, Condition, Scope } from "../../../server/core/map/document.ts";
import { scopeWords } from "../../../server/core/scope/scope-words.ts";
import { Combobox } from "../../ui/combobox.tsx";
import { RadioGroup } from "../../ui/radio-group.tsx";
import { useEditor } from "../editor-context.ts";
import { firstCondition } from "./condition-line.tsx";
import { ConditionList } from "./condition-list.tsx";
import { PanelPart, Sentence } from "./panel.tsx";

const MATCHES = [
  { value: "all", label: "All of them hold" },
  { value: "any", label: "Any of them holds" },
] as const;

const LEFT = [
  { value: "stop", label: "Stop syncing it", hint: "Nothing is touched on either side." },
  { value: "gone", label: "Take it for gone", hint: "As if it had been deleted here." },
] as const;

/** Which rows of the object are synced at all. */
export function ScopePart({ binding }: { binding: Binding }) {
  const { apply, readOnly, schemaOf } = useEditor();
  const { scope } = binding;
  const isLocked = readOnly !== null;
  const set = (next: Scope | null) =>
    apply({ type: "change-binding", binding: binding.id, changes: { scope: next } });
  const setConditions = (conditions: Condition[]) =>
    set(conditions.length === 0 ? null : { ...EVERYTHING, ...scope, conditions });
  const conditions = scope?.conditions ?? [];
  const columns = schemaOf(binding)?.columns.map(({ name }) => name) ?? [];
  const options = columns.map((name) => ({ value: name, label: name }));
  return (
    <PanelPart title="Which rows">
      <Sentence>{`${scopeWords(scope)}.`.replace(/^./, (first) => first.toUpperCase())}</Sentence>
      <ConditionList
        {...{ conditions, isLocked }}
        subjects={options}
        mayBeEmpty
        onChange={setConditions}
      />
      {!isLocked && (
        <Combobox
          label="Add a condition"
          placeholder="Only rows where a column …"
          options={options}
          value={null}
          onChange={(column) =>
            column !== null && setConditions([...conditions, firstCondition(column)])
          }
        />
      )}
      {scope !== undefined && conditions.length > 1 && (
        <RadioGroup
          label="A row is synced when"
          options={MATCHES}
          value={scope.match}
          onChange={(match) => !isLocked && set({ ...scope, match })}
        />
      )}
      {scope !== undefined && (
        <RadioGroup
          label="A row leaves"
          options={LEFT}
          value={scope.whenLeft}
          onChange={(whenLeft) => !isLocked && set({ ...scope, whenLeft })}
        />
      )}
    </PanelPart>
  );
}

const EVERYTHING: Omit<Scope, "conditions"> = { match: "all", whenLeft: "stop" };
