"use client";

import type { Rights } from "../../../server/core/map/document.ts";
import { systemName } from "../../../server/core/map/place.ts";
import { Checkbox } from "../../ui/checkbox.tsx";
import { useEditor } from "../editor-context.ts";
import { PanelPart, Sentence } from "./panel.tsx";
import { withClearing } from "./tiers.ts";

export type RightsProps = { rights: Rights; onChange: (rights: Rights) => void };

/** What even those who decide the field may not do with it. */
export function LimitsPart({ rights: rule, onChange }: RightsProps) {
  const { document, readOnly } = useEditor();
  const set = (rights: Rights) => {
    if (readOnly === null) onChange(rights);
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
