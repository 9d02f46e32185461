"use client";

import { useState } from "react";
import { problemOf } from "../../../components/problem-of.ts";
import { useMayNot } from "../../../components/session/use-may-not.ts";
import { useTRPCClient } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { notify } from "../../../components/ui/toast.tsx";
import type { Side } from "./sides.ts";

/** The map as one readable file, for git and for `fieldline apply`. */
export function ExportButton({ of }: { of: Side }) {
  const client = useTRPCClient();
  const [busy, setBusy] = useState(false);
  const mayNot = useMayNot("editor");
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
