"use client";

import Link from "next/link";
import { type KeyboardEvent, useRef } from "react";
import { useNow } from "../../../components/ui/clock.ts";
import { formatCount } from "../../../components/ui/count.tsx";
import { Lamp } from "../../../components/ui/lamp.tsx";
import { Time } from "../../../components/ui/time.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { shareText } from "./agreement.ts";
import { type BoardEntity, type BoardSystem, cellState } from "./cell-state.ts";
import { nextPlace } from "./grid-keys.ts";

type Board = NonNullable<Outputs["home"]["board"]>;

const EDGE = "border-rule border-b px-3 first:pl-4 last:pr-4 group-last/row:border-b-0";

/** The board as a grid: arrows walk it, Enter opens what a lamp is about. */
export function BoardGrid({ board }: { board: Board }) {
  const grid = useRef<HTMLTableElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const links = [...(grid.current?.querySelectorAll<HTMLElement>("[data-place]") ?? [])];
    const places = links.map((link) => link.dataset["place"] ?? "");
    const focused = document.activeElement;
    const from = focused instanceof HTMLElement ? links.indexOf(focused) : -1;
    const next = nextPlace(event.key, places, from);
    if (next === null) return;
    event.preventDefault();
    for (const link of links) link.tabIndex = -1;
    const link = links[next];
    if (link === undefined) return;
    link.tabIndex = 0;
    link.focus();
  };
  return (
    <div className="overflow-x-auto" data-scroll>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrows walk the cells
        role="grid"
        aria-label="Entities by systems"
        onKeyDown={onKeyDown}
        className="w-full border-collapse text-left"
      >
        <thead>
          <tr>
            <th scope="col" className="border-rule-strong border-b py-2 pr-3 pl-4 type-small">
              Entity
            </th>
            {board.systems.map((system) => (
              <th key={system.id} scope="col" className="border-rule-strong border-b px-3 py-2">
                <Link
                  href={`/systems/${system.id}`}
                  className="inline-flex items-center gap-2 type-label hover:underline"
                >
                  <LineBullet system={system} size={28} quiet />
                  {system.name}
                </Link>
              </th>
            ))}
            <th scope="col" className="border-rule-strong border-b px-3 py-2 type-small">
              Agree
            </th>
          </tr>
        </thead>
        <tbody>
          {board.entities.map((entity, row) => (
            <EntityRow key={entity.id} {...{ entity, row }} systems={board.systems} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type EntityRowProps = { entity: BoardEntity; systems: readonly BoardSystem[]; row: number };

function EntityRow({ entity, systems, row }: EntityRowProps) {
  return (
    <tr className="group/row">
      <th scope="row" className={`${EDGE} type-label`}>
        <Link href={`/entities/${entity.id}`} className="hover:underline">
          {entity.name}
        </Link>
      </th>
      {systems.map((system, column) => (
        <td key={system.id} className={`${EDGE} py-1`}>
          <CellLink {...{ entity, system }} place={[row, column]} />
        </td>
      ))}
      <td className={EDGE}>
        <AgreementBar entity={entity} />
      </td>
    </tr>
  );
}

type CellLinkProps = { entity: BoardEntity; system: BoardSystem; place: [number, number] };

function CellLink({ entity, system, place }: CellLinkProps) {
  const now = useNow();
  const cell = entity.cells.find((one) => one.system === system.id);
  if (cell === undefined) {
    return (
      <span className="block px-2 type-small text-ink-3" title="Not bound">
        –
      </span>
    );
  }
  const state = cellState(entity.id, system, cell, now ?? new Date(0));
  const changed = system.facts?.lastChangeAt ?? null;
  return (
    <Link
      href={state.href}
      data-place={place.join(":")}
      tabIndex={place[0] + place[1] === 0 ? 0 : -1}
      aria-label={`${entity.name} in ${system.name}: ${state.words}`}
      className="flex min-h-10 min-w-36 items-center gap-2 rounded-control px-2 hover:bg-sunk"
    >
      <Lamp state={state.lamp} label="" />
      <span className="min-w-0">
        <span className="block type-label">{state.words}</span>
        {changed !== null && (
          <span className="block type-small text-ink-2">
            changed <Time at={changed} form="ago" />
          </span>
        )}
      </span>
    </Link>
  );
}

function AgreementBar({ entity }: { entity: BoardEntity }) {
  const { records, apart } = entity;
  const share = records === 0 ? 0 : (records - apart) / records;
  return (
    <span
      className="flex items-center gap-2 whitespace-nowrap"
      title={`${formatCount(records - apart)} of ${formatCount(records)} records agree`}
    >
      <span aria-hidden className="h-1 w-10 overflow-hidden rounded-full bg-rule">
        <span className="block h-full bg-ink-2" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="type-value tabular-nums">{shareText(records, apart)}</span>
      <span className="type-small text-ink-2">of {formatCount(records)}</span>
    </span>
  );
}
