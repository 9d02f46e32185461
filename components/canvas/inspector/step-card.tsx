"use client";

import type { Step } from "../../../server/core/map/document.ts";
import type { StepTrace } from "../../../server/core/mapping/explain.ts";
import { describeStep, findTransform } from "../../../server/core/transforms/registry.ts";
import type { FieldValue as Value } from "../../../server/core/values/field-value.ts";
import { SettingsForm, type SettingsValue } from "../../forms/settings-form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Lamp } from "../../ui/lamp.tsx";
import { FieldValue } from "../../values/field-value.tsx";
import { SeenValues } from "./seen-values.tsx";
import type { TableRow } from "./unmapped-values.ts";
import { useCommitted } from "./use-committed.ts";

type StepCardProps = {
  step: Step;
  at: number;
  /** How many steps the edge has. */
  count: number;
  isLocked: boolean;
  trace: StepTrace | undefined;
  /** Where the values come from that it gets; null where that cannot be said. */
  seen: { binding: string; column: string; before: readonly Step[] } | null;
  onChange: (settings: Step["settings"]) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
};

/** One step: what it does, its settings, and the sample before and after it. */
export function StepCard(props: StepCardProps) {
  const { step, at, count, isLocked, trace, seen, onChange, onMove, onRemove } = props;
  const transform = findTransform(step.transform);
  const settings = useCommitted<SettingsValue>(step.settings, (value) =>
    onChange(value as Step["settings"]),
  );
  const title = transform?.title ?? step.transform;
  const rows = tableRows(settings.value["rows"]);
  return (
    <li className="rounded-panel border border-rule" onBlur={settings.flush}>
      <header className="flex items-center gap-1 border-rule border-b py-1 pr-1 pl-3">
        <span className="min-w-0 flex-1 truncate type-label" title={transform?.help}>
          {at + 1}. {title}
        </span>
        {!isLocked && count > 1 && (
          <>
            <IconButton
              icon="arrow-up"
              size="sm"
              label={`${title} earlier`}
              disabledReason={at === 0 ? "This is the first step" : undefined}
              onClick={() => onMove(at - 1)}
            />
            <IconButton
              icon="arrow-down"
              size="sm"
              label={`${title} later`}
              disabledReason={at === count - 1 ? "This is the last step" : undefined}
              onClick={() => onMove(at + 1)}
            />
          </>
        )}
        {!isLocked && (
          <IconButton icon="trash" size="sm" label={`Remove ${title}`} onClick={onRemove} />
        )}
      </header>
      <div className="flex flex-col gap-3 p-3">
        <p className="type-small text-ink-2">
          {describeStep({ ...step, settings: settings.value as Step["settings"] })}
        </p>
        {transform !== null && (
          <SettingsForm
            schema={transform.settings}
            value={settings.value}
            onChange={settings.change}
          />
        )}
        {step.transform === "value-table" && seen !== null && (
          <SeenValues
            {...seen}
            {...{ rows, isLocked }}
            onAdd={(more) => settings.change({ ...settings.value, rows: [...rows, ...more] })}
          />
        )}
        {trace !== undefined && <Flowing trace={trace} />}
      </div>
    </li>
  );
}

function tableRows(rows: unknown): readonly TableRow[] {
  return Array.isArray(rows) ? rows : [];
}

function Flowing({ trace }: { trace: StepTrace }) {
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-1.5 border-rule border-t pt-2">
      <Values values={trace.in} />
      <Icon name="arrow-right" size={14} className="text-ink-3" />
      {trace.out.ok ? (
        <Values values={trace.out.values} />
      ) : (
        <span className="flex items-start gap-1 type-small text-fail">
          <Lamp state="failed" size={12} label="" className="mt-0.5" />
          {trace.out.message}
        </span>
      )}
    </p>
  );
}

function Values({ values }: { values: readonly Value[] }) {
  return values.map((value, at) => (
    // The values of one step differ by their place alone.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <FieldValue key={at} value={value} />
  ));
}
