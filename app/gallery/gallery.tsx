"use client";

import { Page } from "../../components/shell/page.tsx";
import { ThemeSegments } from "../../components/shell/theme-switch.tsx";
import { ControlStories } from "./control-stories.tsx";
import { FormStories } from "./form-stories.tsx";
import { ListStories } from "./list-stories.tsx";
import { OverlayStories } from "./overlay-stories.tsx";
import { StatusStories } from "./status-stories.tsx";
import { TypeStories } from "./type-stories.tsx";
import { ValueStories } from "./value-stories.tsx";

/** Every part in every state, in chapters. */
export function Gallery() {
  return (
    <main className="flex h-dvh flex-col">
      <Page
        title="Gallery"
        lede="Every part in every state. What a screen shows is made of these."
        actions={<ThemeSegments />}
      >
        <TypeStories />
        <ValueStories />
        <StatusStories />
        <ControlStories />
        <FormStories />
        <ListStories />
        <OverlayStories />
      </Page>
    </main>
  );
}
