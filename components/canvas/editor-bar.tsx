"use client";

import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Toolbar } from "../ui/toolbar.tsx";
import { AddFieldPopover } from "./add-field-popover.tsx";
import { useCanvasStore } from "./canvas-state.ts";
import { ConnectObjectPopover } from "./connect-object-popover.tsx";
import { FindPopover } from "./find-popover.tsx";
import { LensPopover } from "./lens-popover.tsx";
import { SampleBar } from "./sample/sample-bar.tsx";
import type { MapView } from "./saved-views.ts";
import { askSuggestions } from "./suggest/suggest-state.ts";
import { UnconfirmedPopover } from "./suggest/unconfirmed-popover.tsx";
import { VisitedPlaces } from "./visited-places.tsx";

type EditorBarProps = { view: MapView; setView: (view: MapView) => void };

/** The tools of the map: how it is seen, the record that flows through, what can be added. */
export function EditorBar({ view, setView }: EditorBarProps) {
  return (
    <Toolbar
      label="Map"
      end={
        <>
          <UnconfirmedPopover />
          <AllSuggestions />
          <FindPopover />
          <AddFieldPopover />
          <ConnectObjectPopover />
        </>
      }
    >
      <VisitedPlaces />
      <Segmented<MapView>
        label="View"
        value={view}
        onChange={setView}
        options={[
          {
            value: "canvas",
            label: <ViewLabel icon="interchange" text="Canvas" />,
            name: "Canvas",
          },
          { value: "grid", label: <ViewLabel icon="grid" text="Grid" />, name: "Grid" },
        ]}
      />
      <LensPopover {...{ view, setView }} />
      <SampleBar />
    </Toolbar>
  );
}

/** Opens everything that is suggested for the entity. */
function AllSuggestions() {
  const store = useCanvasStore();
  return (
    <Button
      icon="suggest"
      aria-label="Suggestions"
      aria-haspopup="dialog"
      onClick={() => askSuggestions(store, { kind: "all", binding: null }, null)}
    >
      <span className="max-xl:sr-only">Suggestions</span>
    </Button>
  );
}

function ViewLabel({ icon, text }: { icon: "interchange" | "grid"; text: string }) {
  return (
    <>
      <Icon name={icon} size={16} />
      <span className="max-md:sr-only">{text}</span>
    </>
  );
}
