"use client";

import { Command as Cmdk } from "cmdk";
import { useState } from "react";
import { TRANSFORMS } from "../../../server/core/transforms/registry.ts";
import type { FieldType } from "../../../server/core/values/field-value.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { Icon } from "../../ui/icon.tsx";
import { Popover } from "../../ui/popover.tsx";
import { type Choice, findSteps } from "./find-steps.ts";

type StepPaletteProps = {
  /** "Add a step" */
  label: string;
  /** What arrives there. */
  types: readonly FieldType[];
  onChoose: (id: string) => void;
};

/** Every step there is, found by its name, by what it does, or by a value that it is for. */
export function StepPalette({ label, types, onChoose }: StepPaletteProps) {
  const [open, setOpen] = useState(false);
  const trigger = (
    <Button icon="plus" className="w-full">
      {label}
    </Button>
  );
  return (
    <Popover {...{ trigger, open }} title={label} align="end" onOpenChange={setOpen}>
      {open && (
        <Finder
          types={types}
          onChoose={(id) => {
            setOpen(false);
            onChoose(id);
          }}
        />
      )}
    </Popover>
  );
}

function Finder({ types, onChoose }: Omit<StepPaletteProps, "label">) {
  const [query, setQuery] = useState("");
  const groups = findSteps(TRANSFORMS, query, types);
  return (
    <Cmdk
      label="Find a step"
      shouldFilter={false}
      loop
      className="-mx-3 -mb-3 flex max-h-[min(28rem,60vh)] w-[min(27rem,calc(100vw-2rem))] flex-col"
    >
      <div className="flex items-center gap-2 border-rule border-y px-3">
        <Icon name="search" size={16} className="text-ink-3" />
        <Cmdk.Input
          value={query}
          onValueChange={setQuery}
          placeholder="Name, what it does, or a value: 28.02.2026"
          className="h-11 min-w-0 flex-1 bg-transparent type-body outline-none"
        />
      </div>
      <Cmdk.List data-scroll className="min-h-0 overflow-y-auto p-1">
        <Cmdk.Empty className="px-3 py-4 type-body text-ink-2">
          No step is about “{query}”. An expression can compute what none of them does.
        </Cmdk.Empty>
        {groups.map(({ group, choices }) => (
          <Cmdk.Group key={group} heading={group} className={GROUP}>
            {choices.map((choice) => (
              <StepItem key={choice.transform.id} {...{ choice, onChoose }} />
            ))}
          </Cmdk.Group>
        ))}
      </Cmdk.List>
    </Cmdk>
  );
}

const GROUP =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 " +
  "[&_[cmdk-group-heading]]:type-small [&_[cmdk-group-heading]]:text-ink-2";

function StepItem({ choice, onChoose }: { choice: Choice; onChoose: (id: string) => void }) {
  const { transform, example, isFit } = choice;
  return (
    <Cmdk.Item
      value={transform.id}
      onSelect={() => onChoose(transform.id)}
      className={
        "flex cursor-default flex-col gap-0.5 rounded-control px-2 py-1.5 select-none " +
        "data-[selected=true]:bg-sunk"
      }
    >
      <span className="flex min-w-0 items-baseline gap-2">
        <span className={cx("min-w-0 truncate type-label", !isFit && "text-ink-2")}>
          {transform.title}
        </span>
        {!isFit && (
          <span className="ml-auto shrink-0 type-small text-ink-2">
            takes {transform.accepts.slice(0, 3).join(", ")}
          </span>
        )}
      </span>
      <span className="type-small text-ink-2">{transform.summary}</span>
      {example !== null && (
        <span className="flex min-w-0 items-center gap-1.5 type-value text-ink-2">
          <span className="min-w-0 truncate">{example.from}</span>
          <Icon name="arrow-right" size={12} className="shrink-0 text-ink-3" />
          <span className="min-w-0 truncate">{example.to}</span>
        </span>
      )}
    </Cmdk.Item>
  );
}
