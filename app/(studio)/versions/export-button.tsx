"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../../components/problem-of.ts";
import { useTRPC, useTRPCClient } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { notify } from "../../../components/ui/toast.tsx";
import { mayActAs } from "../../../server/core/roles.ts";
import type { Side } from "./sides.ts";

/** The map as one readable file, for git and for `fieldline apply`. */
export function ExportButton({ of }: { of: Side }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const { data: who } = useQuery(trpc.session.who.queryOptions());
  const [busy, setBusy] = useState(false);
  const mayNot =
    who != null && !mayActAs(who.role, "editor")
      ? `This needs the role “editor”; yours is “${who.role}”`
      : undefined;
  const save = async () => {
    setBusy(true);
    try {
      const { name, text } = await client.maps.exportFile.query({ of });
      download(name, text);
      notify({ title: `Saved as ${name}`, detail: "Secrets stand in it as references only." });
    } catch (error) {
      notify({ title: "Not exported", detail: problemOf(error).message, tone: "fail" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon="download" busy={busy} disabledReason={mayNot} onClick={() => void save()}>
      Export
    </Button>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has its own copy once the click is over.
  setTimeout(() => URL.revokeObjectURL(url));
}
