"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { problemOf } from "../../../components/problem-of.ts";
import { Section } from "../../../components/shell/section.tsx";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { notify } from "../../../components/ui/toast.tsx";

/** A way to see it work before connecting anything. */
export function SandboxOffer() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const open = useMutation(
    trpc.sandbox.open.mutationOptions({
      onSuccess: async () => {
        notify({
          title: "The sandbox is open",
          detail: "Its three systems are being read for the first time.",
          tone: "ok",
        });
        await client.invalidateQueries(trpc.home.pathFilter());
      },
    }),
  );
  return (
    <Section title="Or look at it first">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <p className="min-w-0 flex-1 basis-60 type-body text-ink-2">
          The sandbox is three small databases on this machine, standing for an ERP, a shop and a
          CRM, with a finished map. Edit in one of them and see it arrive in the others.
        </p>
        <Button busy={open.isPending} onClick={() => open.mutate()}>
          Open the sandbox
        </Button>
      </div>
      {open.isPending && (
        <p role="status" className="mt-3 type-small text-ink-2">
          Making three databases and their rows. This takes some seconds.
        </p>
      )}
      {open.error !== null && (
        <p role="alert" className="mt-3 type-body text-fail">
          {problemOf(open.error).message}
        </p>
      )}
    </Section>
  );
}
