"use client";

import { useState } from "react";
import { useShortcuts } from "../shell/use-shortcuts.ts";
import { Button } from "../ui/button.tsx";
import { Count } from "../ui/count.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Lamp } from "../ui/lamp.tsx";
import { Menu } from "../ui/menu.tsx";
import type { Desk } from "./draft/draft-desk.ts";
import { saveTyped } from "./draft/typing.ts";
import { useEditor } from "./editor-context.ts";
import { PublishDialog } from "./publish/publish-dialog.tsx";

/** What is done with the draft as a whole: undo, look at what is wrong, publish. */
export function EditorActions({ desk, changed }: { desk: Desk; changed: number }) {
  const { draft, problems, selection, select, readOnly } = useEditor();
  const [publishing, setPublishing] = useState(false);
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const nothing = changed === 0 ? "The draft says what is live already" : undefined;
  const openPublish = () => {
    saveTyped();
    setPublishing(true);
  };
  useShortcuts("Map", [
    { id: "publish", keys: "shift+p", label: "Publish", run: openPublish },
    {
      ...{ id: "problems", keys: "shift+e", label: "What is wrong" },
      run: () => select(selection, "problems"),
    },
  ]);
  return (
    <>
      <span className="flex">
        <IconButton
          icon="undo"
          label={draft.undo === null ? "Undo" : `Undo: ${draft.undo}`}
          keys="mod+z"
          disabledReason={draft.undo === null ? "There is nothing to undo" : undefined}
          onClick={desk.undo}
        />
        <IconButton
          icon="redo"
          label={draft.redo === null ? "Do again" : `Do again: ${draft.redo}`}
          keys="mod+shift+z"
          disabledReason={draft.redo === null ? "There is nothing to do again" : undefined}
          onClick={desk.redo}
        />
      </span>
      <Button onClick={() => select(selection, "problems")}>
        <Lamp size={12} label="" state={problemLamp(errors, problems.length)} />
        Problems
        <Count value={errors > 0 ? errors : problems.length} pill />
      </Button>
      <Menu
        trigger={<IconButton icon="dots" label="More" />}
        entries={[
          { label: "Versions", icon: "branch", href: "/versions" },
          {
            label: "Discard the draft",
            icon: "trash",
            danger: true,
            onSelect: desk.discard,
            disabledReason: readOnly ?? nothing,
          },
        ]}
      />
      <Button variant="primary" onClick={openPublish} disabledReason={readOnly ?? nothing}>
        Publish
      </Button>
      <PublishDialog open={publishing} onOpenChange={setPublishing} />
    </>
  );
}

function problemLamp(errors: number, all: number): "failed" | "warning" | "ok" {
  if (errors > 0) return "failed";
  return all > 0 ? "warning" : "ok";
}
