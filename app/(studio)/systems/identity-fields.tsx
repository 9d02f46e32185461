"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import { useId } from "react";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";

export type Identity = { name: string; code: string; line: number };

type IdentityFieldsProps = {
  value: Identity;
  onChange: (changes: Partial<Identity>) => void;
  errors?: Readonly<Record<string, string>>;
};

const LINES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
const CODE_LENGTH = 2;

/** How a system is named on every screen: its name, two letters, and the colour of its line. */
export function IdentityFields({ value, onChange, errors = {} }: IdentityFieldsProps) {
  return (
    <>
      <div className="flex flex-wrap gap-4">
        <Field label="Name" error={errors["name"]} className="min-w-48 flex-1">
          <Input
            value={value.name}
            maxLength={120}
            required
            onChange={(name) => onChange({ name })}
          />
        </Field>
        <Field label="Code" error={errors["code"]} className="w-24">
          <Input
            mono
            value={value.code}
            maxLength={CODE_LENGTH}
            required
            pattern="[A-Z0-9]{2}"
            title="Two capital letters or digits"
            onChange={(code) => onChange({ code: code.toUpperCase() })}
          />
        </Field>
      </div>
      <LineChoice value={value} onChange={(line) => onChange({ line })} />
    </>
  );
}

function LineChoice({ value, onChange }: { value: Identity; onChange: (line: number) => void }) {
  const labelId = useId();
  return (
    <div className="flex flex-col gap-1">
      <span id={labelId} className="type-label">
        Line
      </span>
      <RadioGroup
        aria-labelledby={labelId}
        value={value.line}
        onValueChange={(line) => onChange(Number(line))}
        className="flex flex-wrap gap-1"
      >
        {LINES.map((line) => (
          <Radio.Root
            key={line}
            value={line}
            aria-label={`Line ${line}`}
            className="rounded-control border-2 border-transparent p-1 data-checked:border-ink"
          >
            <LineBullet system={{ name: `Line ${line}`, code: value.code, line }} size={28} quiet />
          </Radio.Root>
        ))}
      </RadioGroup>
    </div>
  );
}
