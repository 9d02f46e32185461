"use client";

import { Button } from "../../../components/ui/button.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Popover } from "../../../components/ui/popover.tsx";
import type { AuditFilter } from "./audit-filter.ts";

type TimeFilterProps = {
  filter: AuditFilter;
  setFilter: (changes: Partial<AuditFilter>) => unknown;
};

const HOUR_MS = 3_600_000;

const SPANS = [
  { label: "Last hour", ms: HOUR_MS },
  { label: "Last 24 hours", ms: 24 * HOUR_MS },
  { label: "Last 7 days", ms: 7 * 24 * HOUR_MS },
] as const;

/** From when to when, in the reader's clock. */
export function TimeFilter({ filter, setFilter }: TimeFilterProps) {
  const since = (ms: number) => new Date(Date.now() - ms).toISOString();
  return (
    <Popover
      trigger={<Button icon="clock">Time</Button>}
      title="From when to when, in your time zone"
    >
      <div className="flex w-64 flex-col gap-3">
        <div className="flex flex-wrap gap-2">
          {SPANS.map(({ label, ms }) => (
            <Button key={label} size="sm" onClick={() => setFilter({ from: since(ms), to: null })}>
              {label}
            </Button>
          ))}
        </div>
        <Field label="From">
          <Input
            type="datetime-local"
            step={1}
            value={localOf(filter.from)}
            onChange={(text) => setFilter({ from: isoOf(text) })}
          />
        </Field>
        <Field label="Up to">
          <Input
            type="datetime-local"
            step={1}
            value={localOf(filter.to)}
            onChange={(text) => setFilter({ to: isoOf(text) })}
          />
        </Field>
        <Button size="sm" variant="quiet" onClick={() => setFilter({ from: null, to: null })}>
          Any time
        </Button>
      </div>
    </Popover>
  );
}

/** ISO UTC => what a datetime-local control wants, in the reader's zone. */
function localOf(iso: string | null): string {
  const at = iso === null ? Number.NaN : Date.parse(iso);
  if (Number.isNaN(at)) return "";
  const shift = new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - shift).toISOString().slice(0, 19);
}

function isoOf(local: string): string | null {
  const at = Date.parse(local);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
