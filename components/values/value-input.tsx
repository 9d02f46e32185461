"use client";

import type {
  FieldType,
  FieldValue as Value,
  ValueOptions,
} from "../../server/core/values/field-value.ts";
import { Combobox } from "../ui/combobox.tsx";
import { cx } from "../ui/cx.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Select } from "../ui/select.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { FieldValue } from "./field-value.tsx";
import { RecordChoice } from "./record-choice.tsx";
import { valueText } from "./value-text.ts";

type ValueInputProps = {
  label: string;
  type: FieldType;
  options?: ValueOptions | undefined;
  value: Value;
  /** Gets what was entered as it stands; reading it as its type is the core's work. */
  onChange: (value: Value) => void;
  hint?: string | undefined;
  error?: string | undefined;
  hideLabel?: boolean | undefined;
};

/**
 * Edits one value by its type. Null and empty text are told apart: a button sets null, an empty
 * box is empty.
 *
 * <ValueInput label="Price" type="money" value={price} onChange={setPrice} error={problem} />
 */
export function ValueInput(props: ValueInputProps) {
  const { label, value, onChange, hint, error, hideLabel } = props;
  return (
    <Field {...{ label, error, hideLabel, hint }} group={GROUPED.has(props.type)}>
      <div className="flex items-start gap-1">
        <div className="min-w-0 flex-1">
          <Editor {...props} />
        </div>
        <button
          type="button"
          aria-label={`${label} is null`}
          aria-pressed={value === null}
          onClick={() => onChange(null)}
          className={cx(
            "h-8 rounded-control border px-2 type-small",
            value === null
              ? "border-action bg-action text-on-action"
              : "border-rule text-ink-2 hover:border-rule-strong hover:text-ink",
          )}
        >
          null
        </button>
      </div>
    </Field>
  );
}

/** Types whose editor has several controls, or one that names itself. */
const GROUPED: ReadonlySet<FieldType> = new Set(["money", "quantity", "boolean", "reference"]);

function Editor(props: ValueInputProps) {
  const { type, value, onChange } = props;
  switch (type) {
    case "boolean":
      return <BooleanEditor {...props} />;
    case "enum":
      return <EnumEditor {...props} />;
    case "money":
    case "quantity":
      return <AmountEditor {...props} />;
    case "list":
    case "set":
      return <ListEditor {...props} />;
    case "json":
      return <Textarea mono value={plain(value)} onChange={onChange} placeholder="null" />;
    case "date":
      return <TextEditor {...{ value, onChange }} placeholder="2026-02-28" />;
    case "time":
      return <TextEditor {...{ value, onChange }} placeholder="14:02:00" />;
    case "integer":
    case "decimal":
      return <TextEditor {...{ value, onChange }} inputMode="decimal" />;
    case "instant":
      return <TextEditor {...{ value, onChange }} placeholder="2026-02-28T13:02:00Z" />;
    case "reference":
      return <ReferenceEditor {...props} />;
    case "text":
      return <TextOrLines {...{ value, onChange }} />;
  }
}

function ReferenceEditor({ label, options, value, onChange }: ValueInputProps) {
  const entity = options?.entity;
  if (entity === undefined) return <TextEditor {...{ value, onChange }} aria-label={label} />;
  const chosen = typeof value === "string" && value !== "" ? value : null;
  return (
    <div className="flex flex-col gap-2">
      {chosen !== null && <FieldValue value={chosen} type="reference" />}
      <RecordChoice
        {...{ entity, onChange }}
        label="Find the record"
        question="Which record is it?"
        value={chosen}
      />
    </div>
  );
}

type EditProps = { value: Value; onChange: (value: Value) => void };

function TextEditor({
  value,
  onChange,
  ...rest
}: EditProps & { inputMode?: "decimal"; placeholder?: string; "aria-label"?: string }) {
  return <Input mono placeholder="null" {...rest} value={plain(value)} onChange={onChange} />;
}

/** Text longer than this, or of several lines, gets a box of several lines. */
const ONE_LINE_CHARACTERS_MAX = 80;

function TextOrLines({ value, onChange }: EditProps) {
  const text = plain(value);
  const placeholder = value === null ? "null" : "empty";
  if (text.length > ONE_LINE_CHARACTERS_MAX || text.includes("\n")) {
    return <Textarea mono {...{ placeholder, onChange }} value={text} />;
  }
  return <Input mono {...{ placeholder, onChange }} value={text} />;
}

function BooleanEditor({ label, value, onChange }: ValueInputProps) {
  const options = [
    { value: "true", label: "true" },
    { value: "false", label: "false" },
  ] as const;
  const chosen = typeof value === "boolean" ? String(value) : "";
  return (
    <Segmented<string>
      {...{ label, options }}
      value={chosen}
      onChange={(next) => onChange(next === "true")}
    />
  );
}

/** From this many members on an enum is found by typing. */
const COMBOBOX_FROM = 13;

function EnumEditor({ label, options, value, onChange }: ValueInputProps) {
  const members = (options?.values ?? []).map((member) => ({ value: member, label: member }));
  const chosen = typeof value === "string" ? value : null;
  if (members.length >= COMBOBOX_FROM) {
    return <Combobox {...{ label, onChange }} options={members} value={chosen} />;
  }
  return <Select {...{ label, onChange }} options={members} value={chosen} placeholder="null" />;
}

function AmountEditor({ type, label, value, onChange }: ValueInputProps) {
  const money = type === "money";
  const parts = amountParts(value);
  const change = (amount: string, of: string) =>
    onChange(money ? { amount, currency: of.toUpperCase() } : { amount, unit: of });
  return (
    <div className="flex gap-1">
      <Input
        mono
        inputMode="decimal"
        aria-label={label}
        placeholder="null"
        value={parts.amount}
        onChange={(amount) => change(amount, parts.of)}
        className="text-right"
      />
      <Input
        mono
        aria-label={money ? `Currency of ${label}` : `Unit of ${label}`}
        placeholder={money ? "EUR" : "kg"}
        value={parts.of}
        onChange={(of) => change(parts.amount, of)}
        className="max-w-20"
      />
    </div>
  );
}

function amountParts(value: Value): { amount: string; of: string } {
  if (typeof value !== "object" || value === null || !("amount" in value)) {
    return { amount: "", of: "" };
  }
  return { amount: value.amount, of: "currency" in value ? value.currency : value.unit };
}

function ListEditor({ label, value, onChange }: ValueInputProps) {
  const lines = Array.isArray(value) ? value.map((item) => valueText(item)).join("\n") : "";
  return (
    <Textarea
      mono
      aria-label={`${label}, one per line`}
      placeholder="One per line"
      value={lines}
      onChange={(text) => onChange(text === "" ? [] : text.split("\n"))}
    />
  );
}

function plain(value: Value): string {
  return value === null ? "" : valueText(value);
}
