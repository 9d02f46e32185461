"use client";

import dynamic from "next/dynamic";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { Entity } from "../../server/core/map/document.ts";
import { Page } from "../shell/page.tsx";
import { useShortcuts } from "../shell/use-shortcuts.ts";
import { SplitPane } from "../ui/split-pane.tsx";
import { notify } from "../ui/toast.tsx";
import { speak, useCanvasStore } from "./canvas-state.ts";
import type { Desk, DeskState } from "./draft/draft-desk.ts";
import { DraftStatus } from "./draft/draft-status.tsx";
import { EditorActions } from "./editor-actions.tsx";
import { EditorBar } from "./editor-bar.tsx";
import { type Editor, EditorContext, INSPECTOR_TABS } from "./editor-context.ts";
import { type ConnectPlan, planConnection } from "./gestures/connect.ts";
import { MapGrid } from "./grid/map-grid.tsx";
import { Inspector } from "./inspector/inspector.tsx";
import { JoiningBar, type JoinQuestion } from "./join-question.tsx";
import { lensThatShows } from "./lens.ts";
import { LensBanner } from "./lens-banner.tsx";
import { BehindBanner } from "./publish/behind-banner.tsx";
import { useChanged } from "./publish/use-changed.ts";
import { sampleView } from "./sample/sample-view.ts";
import { useSamples } from "./sample/use-samples.ts";
import { useTrace } from "./sample/use-trace.ts";
import { readSelection, type Selection, selectionText } from "./selection.ts";
import { SuggestHost } from "./suggest/suggest-host.tsx";
import { useBoxActs } from "./use-box-acts.ts";
import { useEditorData } from "./use-editor-data.ts";
import { useLens } from "./use-lens.ts";
import { useWide } from "./use-wide.ts";

/** The canvas and what draws it are large: they come when they are looked at. */
const Canvas = dynamic(() => import("./canvas.tsx").then((module) => module.Canvas), {
  ssr: false,
  loading: () => <div className="flex-1 bg-enamel" />,
});

const CRUMBS = [{ label: "Entities", href: "/entities" }];
const VIEWS = ["canvas", "grid"] as const;

type EntityEditorProps = {
  desk: Desk;
  draft: DeskState;
  entity: Entity;
  live: Editor["live"];
};

/** The screen of one entity: heading, tools, canvas or grid, inspector. */
export function EntityEditor({ desk, draft, entity, live }: EntityEditorProps) {
  const [question, setQuestion] = useState<JoinQuestion | null>(null);
  const { editor, view, setView } = useEditorValue({ desk, draft, entity, live, setQuestion });
  const changed = useChanged(live?.document ?? null, draft.document);
  const isOpen = editor.tab !== null;
  useSampleOnCanvas(editor);
  useBoxActs(editor);
  useShortcuts("Map", [
    { id: "undo", keys: "mod+z", label: "Undo", run: desk.undo },
    { id: "redo", keys: "mod+shift+z", label: "Do again", run: desk.redo },
    { id: "redo-y", keys: "mod+y", label: "Do again", run: desk.redo, hidden: true },
    { id: "next", keys: "]", label: "Next record", run: () => editor.samples.step(1) },
    { id: "before", keys: "[", label: "Record before", run: () => editor.samples.step(-1) },
    {
      ...{ id: "view", keys: "v", label: "Canvas or grid" },
      run: () => setView(view === "canvas" ? "grid" : "canvas"),
    },
    {
      ...{ id: "inspector", keys: "i", label: "Open or close the inspector" },
      run: () => editor.select(editor.selection, isOpen ? null : "mapping"),
    },
  ]);
  return (
    <EditorContext value={editor}>
      <Page
        title={entity.name}
        crumbs={CRUMBS}
        lede={<DraftStatus draft={draft} live={live?.number ?? null} changed={changed} />}
        actions={<EditorActions desk={desk} changed={changed} />}
        bar={
          <>
            <BehindBanner discard={desk.discard} />
            <EditorBar view={view} setView={setView} />
            <LensBanner />
          </>
        }
        body="fill"
      >
        <Body view={view} isOpen={isOpen}>
          <JoiningBar question={question} onDone={() => setQuestion(null)} />
        </Body>
        <SuggestHost />
      </Page>
    </EditorContext>
  );
}

type BodyProps = { view: (typeof VIEWS)[number]; isOpen: boolean; children: ReactNode };

function Body({ view, isOpen, children }: BodyProps) {
  return (
    <SplitPane
      label="Inspector"
      side="end"
      size={360}
      min={320}
      max={520}
      storageKey="inspector"
      narrow="panel"
      closed={!isOpen}
      panel={<Inspector />}
    >
      <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
        {view === "canvas" ? <Canvas /> : <MapGrid />}
        {children}
      </div>
    </SplitPane>
  );
}

const PARAMS = {
  view: parseAsStringLiteral(VIEWS),
  at: parseAsString,
  tab: parseAsStringLiteral(INSPECTOR_TABS),
};

type ValueInput = EntityEditorProps & { setQuestion: (question: JoinQuestion | null) => void };

/** What every part of the screen can see and do; the address keeps what is chosen. */
function useEditorValue({ desk, draft, entity, live, setQuestion }: ValueInput) {
  const store = useCanvasStore();
  const [params, setParams] = useQueryStates(PARAMS);
  const [lens, setLens] = useLens();
  const isWide = useWide();
  const data = useEditorData(entity.id, draft);
  const samples = useSamples(entity.id);
  const selection = useMemo(() => readSelection(params.at), [params.at]);
  useEffect(() => store.setState({ selection }), [store, selection]);

  const select = (next: Selection, tab?: Editor["tab"]) => {
    // At once: the row must answer before the address has.
    store.setState({ selection: next });
    const changes = { at: selectionText(next), ...(tab === undefined ? {} : { tab }) };
    // Another place is one that can be gone back from; the same one is not visited twice.
    const isOther = changes.at !== params.at || (tab ?? params.tab) !== params.tab;
    void setParams(changes, { history: isOther ? "push" : "replace" });
  };
  const reveal = (next: Selection, tab?: Editor["tab"]) => {
    setLens(lensThatShows({ document: draft.document, entity }, lens, next));
    select(next, tab);
  };
  const apply: Editor["apply"] = (edit, suggestions) => {
    const refusal = desk.edit(edit, suggestions);
    if (refusal !== null) notify({ title: "This cannot be done", detail: refusal, tone: "warn" });
    return refusal === null;
  };
  const join: Editor["join"] = (joint) => {
    follow(planConnection(desk.state().document, data.schemaOf, joint), joint.binding);
  };
  const follow = (plan: ConnectPlan, binding: string) => {
    setQuestion(null);
    switch (plan.kind) {
      case "free":
        if (!apply(plan.way.edit)) break;
        select({ kind: "edge", binding, edge: plan.way.edge }, "mapping");
        speak(store, `${desk.state().undo ?? plan.way.label}. Done.`);
        break;
      case "exists":
        select({ kind: "edge", binding, edge: plan.edge }, "mapping");
        speak(store, "They are joined already.");
        break;
      case "taken":
        setQuestion({ ...plan, binding });
        speak(store, `${plan.message} Choose what becomes of it.`);
        break;
      default:
        notify({ title: "This cannot be done", detail: plan.message, tone: "warn" });
    }
  };
  const editor: Editor = {
    ...{ document: draft.document, live, entity, draft, samples, selection, lens },
    ...{ select, reveal, setLens, apply, join, ...data, tab: params.tab },
  };
  return {
    editor,
    view: params.view ?? (isWide ? ("canvas" as const) : ("grid" as const)),
    setView: (view: (typeof VIEWS)[number]) => void setParams({ view }, { history: "push" }),
  };
}

/** Puts the values of the sample onto the rows and lines of the draft. */
function useSampleOnCanvas({ document, entity, samples }: Editor): void {
  const store = useCanvasStore();
  const trace = useTrace();
  const view = useMemo(
    () => sampleView(document, entity, samples.sample, trace),
    [document, entity, samples.sample, trace],
  );
  useEffect(() => store.setState({ sample: view }), [store, view]);
}
