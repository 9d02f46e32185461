"use client";

import { useState } from "react";
import type { Entity } from "../../../server/core/map/document.ts";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Input } from "../../ui/input.tsx";
import { Lamp } from "../../ui/lamp.tsx";
import { Popover } from "../../ui/popover.tsx";
import { useCanvas } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { sampleTitle } from "./sample-view.ts";
import type { Samples } from "./use-samples.ts";

/** The record that flows over the canvas: which one, one back, one on, another one. */
export function SampleBar() {
  const { samples, entity } = useEditor();
  const view = useCanvas((state) => state.sample);
  const { sample, hasNext, hasPrevious, step } = samples;
  const title = sample === null ? noSample(samples) : sampleTitle(entity, view, sample);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> is for forms
    <div role="group" aria-label="Sample record" className="flex min-w-0 items-center">
      <IconButton
        icon="chevron-left"
        label="Record before"
        keys="["
        onClick={() => step(-1)}
        disabledReason={hasPrevious ? undefined : "This is the first record"}
      />
      <Popover
        trigger={
          <Button variant="quiet" className="min-w-0 shrink">
            <span className="type-label text-ink-2">
              {samples.source === "rows" ? "Row" : "Record"}
            </span>
            <span className="max-w-48 truncate">{title}</span>
            <ReadsLamp samples={samples} />
          </Button>
        }
        title="A record to look at"
      >
        <SamplePicker samples={samples} entity={entity} />
      </Popover>
      <IconButton
        icon="chevron-right"
        label="Next record"
        keys="]"
        onClick={() => step(1)}
        disabledReason={hasNext ? undefined : "This is the last record"}
      />
    </div>
  );
}

function noSample({ isLoading, find }: Samples): string {
  if (isLoading) return "…";
  return find === "" ? "none yet" : "none matches";
}

/** A lamp where some values are not of now. */
function ReadsLamp({ samples }: { samples: Samples }) {
  const problems = Object.values(samples.reads).flatMap(({ problem }) => problem ?? []);
  const [first] = problems;
  if (first === undefined) return null;
  return <Lamp state="warning" size={12} label={`Not all values are of now. ${first}`} />;
}

function SamplePicker({ samples, entity }: { samples: Samples; entity: Entity }) {
  const [text, setText] = useState(samples.find);
  const problems = [
    ...new Set(Object.values(samples.reads).flatMap(({ problem }) => problem ?? [])),
  ];
  return (
    <div className="flex w-72 flex-col gap-3">
      {samples.source === "records" && (
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            samples.search(text);
          }}
        >
          <Input
            value={text}
            onChange={setText}
            icon="search"
            aria-label="Find a record"
            placeholder={`${entity.name} by name or key`}
          />
          <Button type="submit">Find</Button>
        </form>
      )}
      <ol className="-mx-1 max-h-64 overflow-y-auto">
        {samples.window.map((sample, at) => (
          <li key={sample.record ?? Object.values(sample.rows)[0]?.externalId ?? at}>
            <button
              type="button"
              aria-current={sample === samples.sample}
              onClick={() => samples.choose(at)}
              className={
                "flex min-h-7 w-full items-center gap-2 rounded-control px-2 text-left type-body " +
                "hover:bg-sunk aria-[current=true]:bg-sunk"
              }
            >
              <span className="min-w-0 truncate">{nameOf(entity, sample)}</span>
            </button>
          </li>
        ))}
      </ol>
      {samples.window.length === 0 && (
        <p className="type-small text-ink-2">
          {samples.find === ""
            ? "No system that this entity is bound to could be read, or it has no rows."
            : `No ${entity.name} has “${samples.find}” in its name or key.`}
        </p>
      )}
      {problems.map((problem) => (
        <p key={problem} className="flex items-start gap-1.5 type-small text-ink-2">
          <Lamp state="warning" size={12} label="" className="mt-0.5" />
          {problem}
        </p>
      ))}
      <Button size="sm" icon="refresh" busy={samples.isLoading} onClick={samples.refresh}>
        Read again
      </Button>
    </div>
  );
}

function nameOf(entity: Entity, sample: NonNullable<Samples["sample"]>): string {
  const title = sample.hub[entity.title];
  if (typeof title === "string" && title !== "") return title;
  return Object.values(sample.rows)[0]?.externalId ?? "A record without a name";
}
