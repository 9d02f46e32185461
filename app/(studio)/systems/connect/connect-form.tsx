"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { checkSettings } from "../../../../components/forms/settings-check.ts";
import { SettingsForm, type SettingsValue } from "../../../../components/forms/settings-form.tsx";
import { problemOf } from "../../../../components/problem-of.ts";
import { Section } from "../../../../components/shell/section.tsx";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { EmptyState } from "../../../../components/ui/empty-state.tsx";
import { RadioGroup } from "../../../../components/ui/radio-group.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import type { Outputs } from "../../../../server/api/root.ts";
import { asJson, settingErrors } from "../setting-values.ts";
import { FoundSection } from "./found-section.tsx";
import { NameSection } from "./name-section.tsx";
import type { FullIdentity } from "./suggest-identity.ts";

type Connectors = Outputs["systems"]["connectors"];

type ConnectFormProps = {
  connectors: Connectors;
  /** Systems that are there already: their names, codes and lines are taken. */
  others: readonly FullIdentity[];
  known: FullIdentity | undefined;
};

/** How it is reached; then, once it answers, what it is called. */
export function ConnectForm({ connectors, others, known }: ConnectFormProps) {
  const [chosen, setChosen] = useState(connectors[0]?.id ?? "");
  const connector = connectors.find(({ id }) => id === chosen);
  if (connector === undefined) {
    return <EmptyState title="Nothing can be connected">This version has no connector.</EmptyState>;
  }
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      {connectors.length > 1 && (
        <RadioGroup
          label="Kind of system"
          options={connectors.map(({ id, title, summary }) => ({
            value: id,
            label: title,
            hint: summary,
          }))}
          value={chosen}
          onChange={setChosen}
        />
      )}
      <Connecting key={connector.id} {...{ connector, others, known }} />
    </div>
  );
}

type ConnectingProps = Omit<ConnectFormProps, "connectors"> & { connector: Connectors[number] };

function Connecting({ connector, others, known }: ConnectingProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const [settings, setSettings] = useState<SettingsValue>({});
  const [showErrors, setShowErrors] = useState(false);
  const preview = useMutation(trpc.systems.preview.mutationOptions());
  const connect = useMutation(
    trpc.systems.connect.mutationOptions({
      onSuccess: ({ system }, { identity }) => {
        notify({ title: `${identity.name} is connected`, tone: "ok" });
        router.push(`/systems/${system}`);
      },
    }),
  );
  const call = { connector: connector.id, settings: asJson(settings) };
  const look = () => {
    setShowErrors(true);
    if (Object.keys(checkSettings(connector.settings, settings)).length === 0) preview.mutate(call);
  };
  const change = (next: SettingsValue) => {
    setSettings(next);
    // What was found belongs to the settings that were tried.
    preview.reset();
  };
  const problem = preview.error === null ? null : problemOf(preview.error);
  return (
    <>
      <Section title={connector.title}>
        <form
          className="flex flex-col gap-4"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            look();
          }}
        >
          <p className="type-body text-ink-2">{connector.summary}</p>
          <SettingsForm
            schema={connector.settings}
            secrets={connector.secrets}
            value={settings}
            onChange={change}
            errors={settingErrors(problem)}
            showErrors={showErrors}
          />
          <div>
            <Button
              type="submit"
              variant={preview.data?.objects ? "secondary" : "primary"}
              busy={preview.isPending}
            >
              Try and look
            </Button>
          </div>
        </form>
      </Section>
      <FoundSection preview={preview} problem={problem} />
      {preview.data?.objects && (
        <NameSection
          {...{ others, known }}
          busy={connect.isPending}
          problem={connect.error === null ? null : problemOf(connect.error)}
          onConnect={(identity) => connect.mutate({ ...call, identity })}
        />
      )}
    </>
  );
}
