"use client";

import type { Field, OwnershipRule } from "../../../server/core/map/document.ts";
import { systemName } from "../../../server/core/map/place.ts";
import { Checkbox } from "../../ui/checkbox.tsx";
import { useEditor } from "../editor-context.ts";
import { PanelPart, Sentence } from "./panel.tsx";
import { withClearing } from "./tiers.ts";

/** What even those who decide the field may not do with it. */
export function LimitsPart({ field, rule }: { field: Field; rule: OwnershipRule }) {
  const { apply, document, entity, readOnly } = useEditor();
  const set = (ownership: OwnershipRule) => {
    if (readOnly !== null) return;
    apply({ type: "set-ownership", entity: entity.id, field: field.id, ownership });
  };
  const setOnce = (isOnce: boolean) => {
    const { once: _, ...rest } = rule;
    set(isOnce ? { ...rest, once: true } : rest);
  };
  const systems = rule.tiers.flatMap((tier) => tier.systems);
  return (
    <PanelPart title="What they may do">
      <Checkbox
        label="Set once, then changed by no system"
        checked={rule.once === true}
        disabled={readOnly !== null}
        onChange={setOnce}
      />
      <fieldset className="flex flex-col gap-1">
        <legend className="type-label">Who may clear it</legend>
        {systems.map((system) => (
          <Checkbox
            key={system}
            label={systemName(document, system)}
            checked={rule.clear === undefined || rule.clear.includes(system)}
            disabled={readOnly !== null}
            onChange={(mayClear) => set(withClearing(rule, system, mayClear))}
          />
        ))}
      </fieldset>
      <Sentence>
        What they may not do is an edit by others: it ends as is said below. A person may always
        change and clear the hub's value.
      </Sentence>
    </PanelPart>
  );
}
