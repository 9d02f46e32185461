"use client";

import type { ComponentProps } from "react";
import { useShortcuts } from "../../shell/use-shortcuts.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, type MenuEntry } from "../../ui/menu.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import { type PasteReport, useCanvas } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { HEADER_ANCHOR } from "../geometry.ts";
import { bindingsOf } from "../lens.ts";
import { picksWords } from "./picks.ts";
import { type PickActs, usePickActs } from "./use-pick-acts.ts";

/** What can be done with the rows that are picked, and what became of the last pasting. */
export function PicksBar() {
  const acts = usePickActs();
  const report = useCanvas((state) => state.pasteReport);
  const { picks, lines, copy } = acts;
  useShortcuts(
    "Map",
    lines.length === 0
      ? []
      : [{ id: "copy-lines", keys: "mod+c", label: "Copy the lines of what is chosen", run: copy }],
  );
  if (picks.length === 0 && acts.copied.length === 0) return null;
  return (
    <section
      aria-label="What is chosen"
      onKeyDown={(event) => event.key === "Escape" && acts.done()}
      className="floating pointer-events-auto flex max-w-full flex-col gap-2 px-4 py-2"
    >
      {report !== null && <Report report={report} />}
      <div className="flex flex-wrap items-center gap-2">
        <span role="status" className="mr-2 type-label">
          {picks.length === 0 ? copiedWords(acts) : `${picksWords(picks)} chosen`}
        </span>
        {picks.length > 0 && <PickButtons acts={acts} />}
        <BoxesMenu acts={acts} />
        {acts.copied.length > 0 && <PasteMenu acts={acts} />}
        <Button size="sm" variant="quiet" onClick={acts.done}>
          {picks.length > 0 ? "Choose none" : "Done"}
        </Button>
      </div>
    </section>
  );
}

function copiedWords({ copied }: PickActs): string {
  return copied.length === 1 ? "1 line copied" : `${copied.length} lines copied`;
}

function PickButtons({ acts }: { acts: PickActs }) {
  const { lines, fields, readOnly, copy, unmap } = acts;
  const none = lines.length === 0 ? "No line leads to what is chosen" : undefined;
  return (
    <>
      <Button size="sm" icon="copy" onClick={copy} disabledReason={none}>
        {lines.length < 2 ? "Copy" : `Copy ${lines.length} lines`}
      </Button>
      <Button size="sm" icon="unlink" onClick={unmap} disabledReason={readOnly ?? none}>
        Unmap
      </Button>
      {readOnly === null && fields.length > 0 && <FieldsMenu acts={acts} />}
    </>
  );
}

/** A button that opens a list, and looks like it. */
function Opens({ children, ...rest }: ComponentProps<typeof Button>) {
  return (
    <Button size="sm" {...rest}>
      {children}
      <Icon name="chevron-up" size={16} />
    </Button>
  );
}

/** Who decides the fields, and which of them are decided together. */
function FieldsMenu({ acts }: { acts: PickActs }) {
  const { document, entity } = useEditor();
  const { free, groups } = acts;
  const bound = new Set(bindingsOf({ document, entity }).map(({ system }) => system));
  const entries: MenuEntry[] = [
    ...document.systems
      .filter(({ id }) => bound.has(id))
      .map(
        (system): MenuEntry => ({
          ...{ label: `Make ${system.name} the owner`, mark: <LineBullet system={system} quiet /> },
          onSelect: () => acts.own(system.id),
        }),
      ),
    "separator",
    {
      ...{ label: "Decide together", icon: "link", onSelect: acts.together },
      disabledReason: free.length < 2 ? "Choose two fields that are decided alone" : undefined,
    },
    ...(free.length === 0 ? [] : (entity.groups ?? [])).map(
      (group): MenuEntry => ({
        ...{ label: `Put into ${group.name}`, icon: "plus" },
        onSelect: () => acts.putInto(group.id),
      }),
    ),
    ...groups.map(
      (group): MenuEntry => ({
        ...{ label: `Take out of ${group.name}`, icon: "minus" },
        onSelect: () => acts.takeOut(group.id),
      }),
    ),
  ];
  const what = acts.fields.length === 1 ? "1 field" : `${acts.fields.length} fields`;
  return <Menu side="top" trigger={<Opens>{what}</Opens>} entries={entries} />;
}

/** How the boxes lie that are chosen. */
function BoxesMenu({ acts }: { acts: PickActs }) {
  const arrange = useCanvas((state) => state.arrange);
  const boxes = acts.picks.filter(({ row }) => row === HEADER_ANCHOR).length;
  if (arrange === null || boxes === 0) return null;
  const single = boxes === 1 ? "Choose two boxes" : undefined;
  return (
    <Menu
      side="top"
      trigger={<Opens>{boxes === 1 ? "1 box" : `${boxes} boxes`}</Opens>}
      entries={[
        {
          ...{ label: "Under each other", icon: "arrow-down", disabledReason: single },
          onSelect: () => arrange("column"),
        },
        {
          ...{ label: "Beside each other", icon: "arrow-right", disabledReason: single },
          onSelect: () => arrange("row"),
        },
        { label: "In their own places", icon: "grid", onSelect: () => arrange("order") },
      ]}
    />
  );
}

/** The objects onto which copied lines can be pasted. */
function PasteMenu({ acts }: { acts: PickActs }) {
  const { document, entity, readOnly } = useEditor();
  const sources = new Set(acts.copied.map(({ binding }) => binding));
  const entries = bindingsOf({ document, entity }).map(({ id, system: of, object }): MenuEntry => {
    const system = document.systems.find((one) => one.id === of);
    const isSource = sources.size === 1 && sources.has(id);
    return {
      label: `${system?.name ?? of} ${object}`,
      mark: system && <LineBullet system={system} quiet />,
      disabledReason: isSource ? "They were copied from here" : undefined,
      onSelect: () => acts.paste(id),
    };
  });
  return (
    <Menu
      side="top"
      trigger={
        <Opens variant="primary" disabledReason={readOnly ?? undefined}>
          Paste onto …
        </Opens>
      }
      entries={entries}
    />
  );
}

function pastedWords(count: number): string {
  if (count === 0) return "Nothing is";
  return count === 1 ? "1 mapping is" : `${count} mappings are`;
}

function Report({ report: { onto, pasted, left } }: { report: PasteReport }) {
  return (
    <div role="status" className="flex max-h-48 flex-col gap-1 overflow-auto" data-scroll>
      <p className="type-label">
        {pastedWords(pasted)} pasted onto {onto}.
        {left.length > 0 && ` ${left.length} ${left.length === 1 ? "was" : "were"} left:`}
      </p>
      <ul className="flex flex-col gap-1">
        {left.map(({ line, why }) => (
          <li key={line} className="max-w-prose type-small">
            {line}: <span className="text-ink-2">{why}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
