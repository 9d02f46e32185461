"use client";

import { type ReactNode, useRef } from "react";
import { IconButton } from "../../ui/icon-button.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import { useCanvasStore } from "../canvas-state.ts";
import { type InspectorTab, type MapProblem, useEditor } from "../editor-context.ts";
import { ENTITY_NODE } from "../flow-types.ts";
import { fieldOf, placeOf } from "../gestures/row-acts.ts";
import { TypeGlyph } from "../type-glyph.tsx";
import { INSPECTOR_ID } from "./focus-inspector.ts";
import { headingOf } from "./heading.ts";
import { MappingTab } from "./mapping-tab.tsx";
import { OwnershipTab } from "./ownership-tab.tsx";
import { isAboutEntity, ProblemsTab } from "./problems-tab.tsx";
import { useKeptFocus } from "./use-kept-focus.ts";
import { ValuesTab } from "./values-tab.tsx";

/** Beside the canvas or the grid: what is chosen there, and everything that can be set of it. */
export function Inspector() {
  const editor = useEditor();
  const { document, entity, selection, select, problems } = editor;
  const store = useCanvasStore();
  const panel = useRef<HTMLDivElement>(null);
  const kept = useKeptFocus(panel);
  const tab = editor.tab ?? "mapping";
  const heading = headingOf(editor);
  const field = fieldOf(document, entity, selection);
  const own = problems.filter((problem) => isAboutEntity(problem, document, entity.id));
  const backToCanvas = () => {
    const node = store.getState().active?.node ?? placeOf(document, selection)?.node ?? ENTITY_NODE;
    const tree = `[data-tree="${CSS.escape(node)}"], [data-grid]`;
    window.document.querySelector<HTMLElement>(tree)?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leads back from any control in it
    <div
      ref={panel}
      id={INSPECTOR_ID}
      tabIndex={-1}
      {...kept}
      className="flex min-h-0 flex-1 flex-col bg-panel outline-none"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.stopPropagation();
        backToCanvas();
      }}
    >
      <header className="flex items-start gap-2 px-4 pt-3 pb-2">
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <span className="type-small text-ink-2">{heading.kind}</span>
          <h2 className="flex min-w-0 items-center gap-2 type-title">
            {heading.system && <LineBullet system={heading.system} size={20} quiet />}
            {field !== null && selection.kind === "field" && <TypeGlyph type={field.type} />}
            <span className="min-w-0 truncate" title={heading.title}>
              {heading.title}
            </span>
          </h2>
          <p className="type-small text-ink-2">{heading.sentence}</p>
        </div>
        <IconButton
          icon="close"
          label="Close"
          size="sm"
          onClick={() => {
            backToCanvas();
            select({ kind: "entity" }, null);
          }}
        />
      </header>
      <Tabs<InspectorTab>
        label="About what is chosen"
        value={tab}
        onChange={(next) => select(selection, next)}
        items={[
          {
            value: "mapping",
            label: "Mapping",
            panel: (
              <Scroll>
                <MappingTab />
              </Scroll>
            ),
          },
          {
            value: "ownership",
            label: "Ownership",
            panel: (
              <Scroll>
                <OwnershipTab />
              </Scroll>
            ),
          },
          {
            value: "values",
            label: "Values",
            panel: (
              <Scroll>
                <ValuesTab />
              </Scroll>
            ),
          },
          {
            ...{ value: "problems", label: "Problems", count: worst(own) },
            panel: (
              <Scroll>
                <ProblemsTab />
              </Scroll>
            ),
          },
        ]}
      />
    </div>
  );
}

function worst(problems: readonly MapProblem[]): number {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return errors > 0 ? errors : problems.length;
}

function Scroll({ children }: { children: ReactNode }) {
  return (
    <div data-scroll className="h-full overflow-y-auto">
      {children}
    </div>
  );
}
