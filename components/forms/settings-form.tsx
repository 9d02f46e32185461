"use client";

import { useMemo, useState } from "react";
import { SettingControl } from "./setting-control.tsx";
import { checkSettings, type SettingsErrors } from "./settings-check.ts";
import { type SettingsSchema, settingsFields } from "./settings-fields.ts";

export type SettingsValue = Readonly<Record<string, unknown>>;

type SettingsFormProps = {
  schema: SettingsSchema;
  value: SettingsValue;
  onChange: (value: SettingsValue) => void;
  /** Names of the settings that are secret. */
  secrets?: readonly string[] | undefined;
  /** Secrets that are stored already: shown as stored, kept unless typed over. */
  storedSecrets?: readonly string[] | undefined;
  /** Errors found elsewhere (the live test), by place; they win over those of the schema. */
  errors?: SettingsErrors | undefined;
  /** Show every error, not only those of settings that were touched. */
  showErrors?: boolean | undefined;
};

/**
 * A form drawn from a settings schema: connectors and transforms both use it. It holds nothing;
 * `checkSettings` says whether what it holds is in order.
 *
 * <SettingsForm schema={scale.settings} value={settings} onChange={setSettings} />
 */
export function SettingsForm(props: SettingsFormProps) {
  const { schema, value, onChange, secrets, storedSecrets, showErrors } = props;
  const fields = useMemo(() => settingsFields(schema, secrets), [schema, secrets]);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const own = checkSettings(schema, withoutEmpty(value), storedSecrets);

  const change = (key: string, next: unknown) => {
    setTouched((before) => new Set(before).add(key));
    onChange(withoutEmpty({ ...value, [key]: next }));
  };
  return (
    <div className="flex flex-col gap-4">
      {fields.map((field) => (
        <SettingControl
          key={field.key}
          field={field}
          value={value[field.key] ?? field.initial}
          stored={storedSecrets?.includes(field.key) === true}
          errors={errorsOf(field.key, {
            ...(showErrors === true || touched.has(field.key) ? own : {}),
            ...props.errors,
          })}
          onChange={(next) => change(field.key, next)}
        />
      ))}
    </div>
  );
}

/** A setting that is not given is left out, so that its default applies. */
function withoutEmpty(value: SettingsValue): SettingsValue {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
}

/** The errors of one setting, by the rest of their place: "" is the setting itself. */
function errorsOf(key: string, errors: SettingsErrors): SettingsErrors {
  return Object.fromEntries(
    Object.entries(errors)
      .filter(([place]) => place === key || place.startsWith(`${key}[`))
      .map(([place, message]) => [place.slice(key.length), message]),
  );
}
