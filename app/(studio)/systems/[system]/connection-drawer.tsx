"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { SettingsForm, type SettingsValue } from "../../../../components/forms/settings-form.tsx";
import { problemOf } from "../../../../components/problem-of.ts";
import { useTRPC } from "../../../../components/trpc-provider.tsx";
import { Button } from "../../../../components/ui/button.tsx";
import { Drawer } from "../../../../components/ui/drawer.tsx";
import { SkeletonRows } from "../../../../components/ui/skeleton.tsx";
import { notify } from "../../../../components/ui/toast.tsx";
import { asJson, settingErrors } from "../setting-values.ts";
import type { SystemData } from "./system-page.tsx";

type ConnectionDrawerProps = {
  data: SystemData;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Changes how a system is reached, in place: everything that is mapped stays. */
export function ConnectionDrawer({ data, open, onOpenChange }: ConnectionDrawerProps) {
  return (
    <Drawer
      title={`Connection to ${data.identity.name}`}
      description="It is tried before it is saved. Everything that is mapped stays."
      size="lg"
      open={open}
      onOpenChange={onOpenChange}
    >
      {open && <ConnectionForm data={data} onDone={() => onOpenChange(false)} />}
    </Drawer>
  );
}

function ConnectionForm({ data, onDone }: { data: SystemData; onDone: () => void }) {
  const trpc = useTRPC();
  const connectors = useQuery(trpc.systems.connectors.queryOptions());
  const [settings, setSettings] = useState<SettingsValue>(data.settings);
  const reconnect = useMutation(
    trpc.systems.reconnect.mutationOptions({
      onSuccess: () => {
        notify({ title: `${data.identity.name} answers; the connection is saved`, tone: "ok" });
        onDone();
      },
    }),
  );
  const connector = connectors.data?.find(({ id }) => id === data.connector.id);
  if (connector === undefined) return <SkeletonRows label="Loading the form" />;
  const problem = reconnect.error === null ? null : problemOf(reconnect.error);
  return (
    <div className="flex flex-col gap-6">
      <SettingsForm
        schema={connector.settings}
        secrets={connector.secrets}
        storedSecrets={data.storedSecrets}
        value={settings}
        onChange={setSettings}
        errors={settingErrors(problem)}
      />
      {problem !== null && (
        <p role="alert" className="type-body text-fail">
          {problem.message}
        </p>
      )}
      <div className="flex gap-2">
        <Button
          variant="primary"
          busy={reconnect.isPending}
          onClick={() => reconnect.mutate({ system: data.identity.id, settings: asJson(settings) })}
        >
          Try and save
        </Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </div>
  );
}
