"use client";

import { useSyncExternalStore } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Switch } from "../ui/switch.tsx";
import { setOverlay, useFrame } from "./frame-state.ts";
import { setLetterKeys, shortcuts } from "./keyboard.ts";
import type { Scope } from "./shortcuts.ts";
import { useScopes } from "./use-shortcuts.ts";

/** What the keys do on this page, and the switch that turns single letters off: `?`. */
export function ShortcutHelp() {
  const open = useFrame((state) => state.overlay === "shortcuts");
  const scopes = useScopes();
  const letters = useSyncExternalStore(shortcuts.subscribe, shortcuts.letters, () => true);
  return (
    <Dialog
      title="Keys"
      size="lg"
      open={open}
      onOpenChange={(next) => setOverlay(next ? "shortcuts" : null)}
      footer={
        <div className="mr-auto">
          <Switch label="Single-letter keys" checked={letters} onChange={setLetterKeys} />
        </div>
      }
    >
      <div className="gap-8 sm:columns-2">
        {[...scopes].reverse().map((scope) => (
          <ScopeKeys key={scope.name} scope={scope} />
        ))}
      </div>
    </Dialog>
  );
}

function ScopeKeys({ scope }: { scope: Scope }) {
  const listed = scope.shortcuts.filter((shortcut) => shortcut.hidden !== true);
  if (listed.length === 0) return null;
  return (
    <section className="mb-6 break-inside-avoid">
      <h3 className="mb-1 type-label text-ink-2">{scope.name}</h3>
      <dl>
        {listed.map((shortcut) => (
          <div
            key={shortcut.id}
            className="flex min-h-8 items-center justify-between gap-4 border-rule border-b"
          >
            <dt className="type-body">{shortcut.label}</dt>
            <dd>
              <Kbd keys={shortcut.keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
