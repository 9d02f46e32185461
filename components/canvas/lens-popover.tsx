"use client";

import { useShortcuts } from "../shell/use-shortcuts.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Popover } from "../ui/popover.tsx";
import { useEditor } from "./editor-context.ts";

/** What of the map is shown: all of it, what is not mapped, groups as one row. */
export function LensPopover() {
  const { entity, lens, setLens } = useEditor();
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
    <Button icon={lens.unmappedOnly ? "filter" : "eye"} aria-label="What is shown">
      <span className="max-md:sr-only">{lens.unmappedOnly ? "Unmapped only" : "Show"}</span>
    </Button>
  );
  return (
    <Popover trigger={trigger} title="What is shown">
      <div className="flex max-w-72 flex-col gap-2">
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
      </div>
    </Popover>
  );
}
