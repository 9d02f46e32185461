"use client";

import { useState } from "react";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { Switch } from "../ui/switch.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { type Cell, cellText, readCell } from "./cell-text.ts";
import { PairsInput } from "./pairs-input.tsx";
import type { SettingsErrors } from "./settings-check.ts";
import type { SettingsField, SettingsKind } from "./settings-fields.ts";

type ControlProps<Kind extends SettingsKind = SettingsKind> = {
  field: Extract<SettingsField, { kind: Kind["kind"] }>;
  value: unknown;
  onChange: (value: unknown) => void;
};

type SettingControlProps = ControlProps & {
  /** A secret that is stored already. */
  stored: boolean;
  /** By place inside the setting; "" is the setting itself. */
  errors: SettingsErrors;
};

const CELL_HINT = 'null, true and false stand for themselves; "null" in quotes is text.';

/** One setting with its label, hint and error. */
export function SettingControl(props: SettingControlProps) {
  const { field, value, onChange, stored, errors } = props;
  if (field.kind === "boolean") {
    return (
      <div className="flex flex-col gap-1">
        <Switch label={field.label} checked={value === true} onChange={onChange} />
        {field.hint !== undefined && <p className="type-small text-ink-2">{field.hint}</p>}
      </div>
    );
  }
  const hints = [field.hint, field.kind === "cell" || isCellPairs(field) ? CELL_HINT : undefined];
  return (
    <Field
      label={field.label}
      hint={hints.filter(Boolean).join(". ").replaceAll("..", ".") || undefined}
      error={errors[""]}
      group={field.kind === "pairs"}
      optional={!field.required && field.initial === undefined}
    >
      <Control {...{ field, value, onChange, stored, errors }} />
    </Field>
  );
}

function isCellPairs(field: SettingsField): boolean {
  return field.kind === "pairs" && field.cells === "cell";
}

function Control({ field, value, onChange, stored, errors }: SettingControlProps) {
  switch (field.kind) {
    case "text":
      return <TextControl {...{ field, value, onChange }} />;
    case "secret":
      return <SecretControl {...{ field, value, onChange, stored }} />;
    case "number":
      return <NumberControl {...{ field, value, onChange }} />;
    case "choice":
      return <ChoiceControl {...{ field, value, onChange }} />;
    case "cell":
      return <CellControl {...{ field, value, onChange }} />;
    case "pairs":
      return <PairsControl {...{ field, value, onChange, errors }} />;
    case "list":
      return <ListControl {...{ field, value, onChange }} />;
    case "json":
    case "boolean":
      return <JsonControl {...{ field, value, onChange }} />;
  }
}

type Kind<Name extends SettingsKind["kind"]> = ControlProps<Extract<SettingsKind, { kind: Name }>>;

function TextControl({ field, value, onChange }: Kind<"text">) {
  const text = typeof value === "string" ? value : "";
  const change = (next: string) => onChange(next === "" && !field.required ? undefined : next);
  return field.lines ? (
    <Textarea mono value={text} onChange={change} />
  ) : (
    <Input value={text} onChange={change} />
  );
}

function SecretControl({ value, onChange, stored }: Kind<"secret"> & { stored: boolean }) {
  return (
    <Input
      type="password"
      autoComplete="new-password"
      placeholder={stored ? "Stored. Type to replace it." : ""}
      value={typeof value === "string" ? value : ""}
      onChange={(next) => onChange(next === "" ? undefined : next)}
    />
  );
}

/** Keeps what is typed ("1.", "-") and gives a number as soon as it is one. */
function NumberControl({ field, value, onChange }: Kind<"number">) {
  const [text, setText] = useState(value === undefined ? "" : String(value));
  const change = (next: string) => {
    setText(next);
    const number = Number(next);
    if (next.trim() === "") onChange(undefined);
    else onChange(Number.isFinite(number) ? number : next);
  };
  return (
    <Input
      mono
      inputMode={field.whole ? "numeric" : "decimal"}
      value={text}
      onChange={change}
      className="max-w-40"
    />
  );
}

const NOT_GIVEN = "";

function ChoiceControl({ field, value, onChange }: Kind<"choice">) {
  const choices = field.choices.map((choice) => ({ value: choice, label: choice }));
  const none = { value: NOT_GIVEN, label: "Not given" };
  const optional = !field.required && field.initial === undefined;
  return (
    <Select
      options={optional ? [none, ...choices] : choices}
      value={typeof value === "string" ? value : null}
      onChange={(next) => onChange(next === NOT_GIVEN ? undefined : next)}
      className="max-w-64"
    />
  );
}

function CellControl({ value, onChange }: Kind<"cell">) {
  return (
    <Input
      mono
      value={value === undefined ? "" : cellText(value as Cell)}
      onChange={(next) => onChange(next === "" ? undefined : readCell(next))}
    />
  );
}

function PairsControl(props: Kind<"pairs"> & { errors: SettingsErrors }) {
  const { field, value, onChange, errors } = props;
  const [from, to] = field.columns;
  const rows = Array.isArray(value) ? (value as Record<string, Cell>[]) : [];
  const write = field.cells === "cell" ? cellText : String;
  const read = field.cells === "cell" ? readCell : String;
  return (
    <PairsInput
      label={field.label}
      columns={[from.label, to.label]}
      pairs={rows.map((row) => [write(row[from.key] ?? null), write(row[to.key] ?? null)])}
      onChange={(pairs) =>
        onChange(pairs.map((pair) => ({ [from.key]: read(pair[0]), [to.key]: read(pair[1]) })))
      }
      errors={rowErrors(errors)}
    />
  );
}

/** "[2].to" => row 2 */
function rowErrors(errors: SettingsErrors): Map<number, string> {
  const found = new Map<number, string>();
  for (const [place, message] of Object.entries(errors)) {
    const row = /^\[(\d+)\]/.exec(place)?.[1];
    if (row !== undefined) found.set(Number(row), message);
  }
  return found;
}

function ListControl({ value, onChange }: Kind<"list">) {
  const lines = Array.isArray(value) ? value.join("\n") : "";
  return (
    <Textarea
      mono
      placeholder="One per line"
      value={lines}
      onChange={(text) => onChange(text === "" ? undefined : text.split("\n"))}
    />
  );
}

/** Keeps what is typed; gives it as a value as soon as it is JSON. */
function JsonControl({ value, onChange }: ControlProps) {
  const [text, setText] = useState(value === undefined ? "" : JSON.stringify(value, null, 2));
  const change = (next: string) => {
    setText(next);
    onChange(next.trim() === "" ? undefined : readJson(next));
  };
  return <Textarea mono value={text} onChange={change} />;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
