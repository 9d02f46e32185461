"use client";

import { useState } from "react";
import { useShortcuts } from "../shell/use-shortcuts.ts";
import { Combobox } from "../ui/combobox.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Popover } from "../ui/popover.tsx";
import { LineBullet } from "../values/line-bullet.tsx";
import { useCanvasStore } from "./canvas-state.ts";
import { useEditor } from "./editor-context.ts";
import { systemNode } from "./flow-types.ts";
import { selectionOf } from "./gestures/row-acts.ts";
import { TypeGlyph } from "./type-glyph.tsx";

/** Finds a field or a column of any connected object, and goes there. */
export function FindPopover() {
  const [open, setOpen] = useState(false);
  useShortcuts("Map", [
    { id: "find", keys: "/", label: "Find a field or column", run: () => setOpen(true) },
  ]);
  const trigger = <IconButton icon="search" label="Find a field or column" keys="/" />;
  return (
    <Popover {...{ trigger, open }} onOpenChange={setOpen}>
      {open && <Finder onDone={() => setOpen(false)} />}
    </Popover>
  );
}

function Finder({ onDone }: { onDone: () => void }) {
  const { document, entity, schemaOf, reveal } = useEditor();
  const store = useCanvasStore();
  const fields = entity.fields.map(({ id, name, type }) => ({
    ...{ value: `field ${id}`, label: name, hint: entity.name },
    mark: <TypeGlyph type={type} />,
  }));
  const columns = document.bindings
    .filter((binding) => binding.entity === entity.id)
    .flatMap((binding) => {
      const system = document.systems.find(({ id }) => id === binding.system);
      return (schemaOf(binding)?.columns ?? []).map(({ name }) => ({
        ...{ value: `${binding.id} ${name}`, label: name, hint: system?.name ?? binding.system },
        mark: system && <LineBullet system={system} size={16} quiet />,
      }));
    });
  const goTo = (value: string) => {
    const [where = "", ...rest] = value.split(" ");
    const row = rest.join(" ");
    if (where === "field") reveal({ kind: "field", field: row }, "mapping");
    else {
      const place = { node: systemNode(where), row };
      const selection = selectionOf(document, place);
      if (selection.kind === "column") {
        const open = new Set(store.getState().open).add(`${place.node}/unmapped`);
        store.setState({ open });
      }
      reveal(selection, "mapping");
    }
    onDone();
  };
  return (
    <div className="w-72">
      <Combobox
        label="Field or column"
        placeholder="Field or column"
        options={[...fields, ...columns]}
        value={null}
        onChange={(value) => value !== null && goTo(value)}
      />
    </div>
  );
}
