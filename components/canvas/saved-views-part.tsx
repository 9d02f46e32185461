"use client";

import { type FormEvent, useState } from "react";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Input } from "../ui/input.tsx";
import { useCanvasStore } from "./canvas-state.ts";
import { useEditor } from "./editor-context.ts";
import { type MapView, type SavedView, VIEW_NAME_MAX, withView } from "./saved-views.ts";
import { storedPort } from "./stored-port.ts";
import { useSavedViews } from "./use-saved-views.ts";

type SavedViewsProps = {
  view: MapView;
  setView: (view: MapView) => void;
  /** A view was gone to. */
  onDone: () => void;
};

/** Ways to look at this map that were given a name: they are gone to, made and forgotten here. */
export function SavedViewsPart({ view, setView, onDone }: SavedViewsProps) {
  const { entity, lens, setLens } = useEditor();
  const store = useCanvasStore();
  const { views, keep } = useSavedViews(entity.id);
  const goTo = (saved: SavedView) => {
    setLens(saved.lens);
    setView(saved.view);
    store.setState({ wantedPort: saved.port });
    onDone();
  };
  const save = (name: string) => {
    keep(withView(views, { name, view, lens, port: storedPort(entity.id) }));
  };
  return (
    <section aria-label="Saved views" className="flex flex-col gap-2 border-rule border-t pt-3">
      <h3 className="type-label">Saved views</h3>
      {views.length > 0 && (
        <ul className="flex max-h-60 flex-col overflow-auto" data-scroll>
          {views.map((saved) => (
            <li key={saved.name} className="flex items-center">
              <Button
                variant="quiet"
                className="min-w-0 flex-1 justify-start"
                onClick={() => goTo(saved)}
              >
                <span className="truncate">{saved.name}</span>
              </Button>
              <IconButton
                icon="trash"
                size="sm"
                label={`Forget ${saved.name}`}
                onClick={() => keep(views.filter((one) => one !== saved))}
              />
            </li>
          ))}
        </ul>
      )}
      <SaveForm onSave={save} />
    </section>
  );
}

function SaveForm({ onSave }: { onSave: (name: string) => void }) {
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    onSave(name.trim());
    setName("");
  };
  return (
    <form onSubmit={submit} className="flex gap-2">
      <Input
        aria-label="Name of this view"
        placeholder="Name of this view"
        maxLength={VIEW_NAME_MAX}
        value={name}
        onChange={setName}
        className="min-w-0 flex-1"
      />
      <Button type="submit" disabledReason={name.trim() === "" ? "Give it a name" : undefined}>
        Save
      </Button>
    </form>
  );
}
