"use client";

import { useState } from "react";
import { useShortcuts } from "../shell/use-shortcuts.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Popover } from "../ui/popover.tsx";
import { useEditor } from "./editor-context.ts";
import type { MapView } from "./saved-views.ts";
import { SavedViewsPart } from "./saved-views-part.tsx";

type LensPopoverProps = { view: MapView; setView: (view: MapView) => void };

/** What of the map is shown: all of it, what is not mapped, groups as one row, a saved view. */
export function LensPopover({ view, setView }: LensPopoverProps) {
  const { entity, lens, setLens } = useEditor();
  const [open, setOpen] = useState(false);
  const groups = (entity.groups ?? []).map(({ id }) => id);
  const folded = groups.filter((id) => lens.folded.includes(id));
  const isAllFolded = folded.length > 0 && folded.length === groups.length;
  const only = () => setLens({ ...lens, unmappedOnly: !lens.unmappedOnly });
  const fold = () => setLens({ ...lens, folded: isAllFolded ? [] : groups });
  useShortcuts("Map", [
    { id: "unmapped", keys: "u", label: "Only what is not mapped", run: only },
    { id: "fold", keys: "shift+f", label: "Fold or unfold groups", run: fold },
  ]);
  const trigger = (
    <Button icon={lens.unmappedOnly ? "filter" : "eye"}>
      <span className="max-xl:sr-only">Show: {lens.unmappedOnly ? "unmapped" : "all"}</span>
    </Button>
  );
  return (
    <Popover {...{ trigger, open }} onOpenChange={setOpen} title="What is shown">
      <div className="flex w-72 max-w-full flex-col gap-3">
        <Checkbox label="Unmapped only" checked={lens.unmappedOnly} onChange={only} />
        {groups.length > 0 ? (
          <Checkbox
            label="Fold fields that are decided together"
            checked={isAllFolded}
            mixed={folded.length > 0 && !isAllFolded}
            onChange={fold}
          />
        ) : (
          <p className="type-small text-ink-2">
            No fields of {entity.name} are decided together, so there is no group to fold.
          </p>
        )}
        <SavedViewsPart {...{ view, setView }} onDone={() => setOpen(false)} />
      </div>
    </Popover>
  );
}
