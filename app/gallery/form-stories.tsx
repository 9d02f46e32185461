"use client";

import { useState } from "react";
import { z } from "zod";
import { SettingsForm, type SettingsValue } from "../../components/forms/settings-form.tsx";
import { ValueInput } from "../../components/values/value-input.tsx";
import type { FieldType, FieldValue } from "../../server/core/values/field-value.ts";
import { Chapter, Story } from "./story.tsx";

const Cell = z.union([z.string(), z.boolean(), z.null()]);

const CONNECTION = z.strictObject({
  host: z.string().min(1).describe("Name or address"),
  port: z.int().min(1).max(65_535).default(5432),
  user: z.string().optional().describe("Reads the log and writes"),
  password: z.string().optional(),
  ssl: z.enum(["disable", "prefer", "require"]).default("prefer").describe("Encryption"),
  readOnly: z.boolean().default(false).describe("Never write to this system"),
});

const TABLE = z.strictObject({
  rows: z
    .array(
      z.strictObject({
        from: Cell.describe("The system's value"),
        to: Cell.describe("The hub's value"),
      }),
    )
    .min(1)
    .describe("What each value of the system means"),
  otherwise: Cell.optional().describe("What every value that is not listed becomes"),
});

const VALUES: readonly [FieldType, string, FieldValue][] = [
  ["text", "Name", "Desk lamp 104"],
  ["text", "Phone", null],
  ["money", "Price", { amount: "1249.90", currency: "EUR" }],
  ["date", "Valid from", "2026-02-28"],
  ["enum", "Status", "active"],
  ["boolean", "For sale", true],
  ["set", "Colours", ["oak", "red"]],
];

/** Forms drawn from schemas, and editors of values. */
export function FormStories() {
  return (
    <Chapter title="Forms">
      <FormStory
        title="Settings of a connection, with errors"
        schema={CONNECTION}
        start={{ host: "", port: 70_000 }}
        secrets={["password"]}
        storedSecrets={["password"]}
      />
      <FormStory
        title="Settings of a value table"
        schema={TABLE}
        start={{
          rows: [
            { from: "1", to: "active" },
            { from: "2", to: "discontinued" },
            { from: null, to: "unknown" },
          ],
        }}
      />
      <ValueStory />
    </Chapter>
  );
}

type FormStoryProps = {
  title: string;
  schema: z.ZodObject;
  start: SettingsValue;
  secrets?: readonly string[];
  storedSecrets?: readonly string[];
};

function FormStory({ title, schema, start, secrets, storedSecrets }: FormStoryProps) {
  const [value, setValue] = useState(start);
  return (
    <Story title={title} flush>
      <div className="p-4">
        <SettingsForm
          {...{ schema, value, secrets, storedSecrets }}
          onChange={setValue}
          showErrors
        />
      </div>
    </Story>
  );
}

function ValueStory() {
  const [values, setValues] = useState<ReadonlyMap<string, FieldValue>>(
    new Map(VALUES.map(([, label, value]) => [label, value])),
  );
  return (
    <Story title="Values by type" flush>
      <div className="flex flex-col gap-4 p-4">
        {VALUES.map(([type, label]) => (
          <ValueInput
            key={label}
            {...{ type, label }}
            options={{ values: ["active", "discontinued"] }}
            value={values.get(label) ?? null}
            onChange={(next) => setValues(new Map(values).set(label, next))}
            error={label === "Status" ? "ERP does not know this status." : undefined}
          />
        ))}
      </div>
    </Story>
  );
}
