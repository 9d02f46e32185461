"use client";

import { useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { Drawer } from "../../components/ui/drawer.tsx";
import { IconButton } from "../../components/ui/icon-button.tsx";
import { Menu } from "../../components/ui/menu.tsx";
import { NoticeHistory } from "../../components/ui/notice-history.tsx";
import { Popover } from "../../components/ui/popover.tsx";
import { notify, Toaster } from "../../components/ui/toast.tsx";
import { Tooltip } from "../../components/ui/tooltip.tsx";
import { Chapter, Story } from "./story.tsx";

/** What floats above the page. */
export function OverlayStories() {
  const [shown, setShown] = useState<"dialog" | "drawer" | null>(null);
  const close = () => setShown(null);
  return (
    <Chapter title="Overlays">
      <Story title="Dialog; drawer">
        <Button onClick={() => setShown("dialog")}>Dialog</Button>
        <Dialog
          title="Publish version 5"
          description="3 changes. 1,204 products are decided again."
          open={shown === "dialog"}
          onOpenChange={close}
          footer={<Button variant="primary">Publish</Button>}
        >
          <p>Nothing is deleted. You can roll back to version 4 at any time.</p>
        </Dialog>
        <Button onClick={() => setShown("drawer")}>Drawer</Button>
        <Drawer title="Details" open={shown === "drawer"} onOpenChange={close}>
          <p>Beside the work.</p>
        </Drawer>
      </Story>
      <Story title="Menu; popover; tooltip">
        <Menu
          trigger={<IconButton icon="dots" label="More" variant="secondary" />}
          entries={[
            { label: "Rename", icon: "edit", keys: "e", onSelect: () => {} },
            { label: "Copy link", icon: "link", keys: "y", onSelect: () => {} },
            { label: "Publish", icon: "check", disabledReason: "The draft has two errors." },
            "separator",
            { label: "Remove", icon: "trash", danger: true, onSelect: () => {} },
          ]}
        />
        <Popover title="Columns" trigger={<Button>Popover</Button>}>
          <p>Beside what it is about.</p>
        </Popover>
        <Tooltip text="Adds to a visible name" keys="mod+z">
          <Button>Tooltip</Button>
        </Tooltip>
      </Story>
      <NoticeStory />
    </Chapter>
  );
}

function NoticeStory() {
  const [open, setOpen] = useState(false);
  const announce = () =>
    notify({
      title: "Took Shop's price",
      detail: "Desk lamp 104: 1199.90 EUR goes to ERP and CRM.",
      tone: "ok",
      undo: { label: "Undo", run: () => {} },
    });
  return (
    <Story title="Notices">
      <Button onClick={announce}>Announce</Button>
      <Button onClick={() => setOpen(true)}>History</Button>
      <NoticeHistory open={open} onOpenChange={setOpen} />
      <Toaster />
    </Story>
  );
}
