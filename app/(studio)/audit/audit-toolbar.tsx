"use client";

import { throttle } from "nuqs";
import type { ReactNode } from "react";
import { FilterChoice } from "../../../components/filter-choice.tsx";
import { Icon } from "../../../components/ui/icon.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { Toolbar } from "../../../components/ui/toolbar.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import type { AuditFilter, AuditPage } from "./audit-filter.ts";
import { chipsOf } from "./chips.ts";
import { KIND_GROUPS } from "./kind-groups.ts";
import { TimeFilter } from "./time-filter.tsx";

export type SetFilter = (
  changes: Partial<AuditFilter>,
  options?: { limitUrlUpdates: ReturnType<typeof throttle> },
) => unknown;

type AuditToolbarProps = {
  filter: AuditFilter;
  setFilter: SetFilter;
  page: AuditPage | undefined;
  end: ReactNode;
};

/** Typing settles before the address and the question change. */
const SETTLE_MS = 250;

/** What of the log is shown, as choices and as chips that can be taken away. */
export function AuditToolbar({ filter, setFilter, page, end }: AuditToolbarProps) {
  const systems = page?.systems ?? [];
  const group = KIND_GROUPS.find(({ kinds }) => kinds.join() === filter.kind?.join())?.id ?? null;
  return (
    <>
      <Toolbar label="Filters" end={end}>
        <div className="w-full max-w-56">
          <Input
            id="find-audit"
            icon="search"
            aria-label="Only one record: its id, a system’s id of it, or a match key"
            placeholder="Record: any id or key"
            value={filter.record ?? ""}
            onChange={(text) =>
              setFilter(
                { record: text.trim() === "" ? null : text },
                { limitUrlUpdates: throttle(SETTLE_MS) },
              )
            }
          />
        </div>
        <FilterChoice
          label="Field"
          all="Every field"
          options={fieldOptions(page)}
          value={filter.field === null ? null : `${filter.entity ?? ""}/${filter.field}`}
          onChange={(key) => setFilter(fieldOf(key))}
        />
        <FilterChoice
          label="System"
          all="Every system"
          options={systems.map((system) => ({
            value: system.id,
            label: system.name,
            mark: <LineBullet system={system} quiet />,
          }))}
          value={filter.system}
          onChange={(system) => setFilter({ system })}
        />
        <FilterChoice
          label="Who"
          all="Anybody"
          options={[
            { value: "person", label: "People" },
            { value: "engine", label: "Fieldline" },
            ...systems.map(({ id, name }) => ({ value: `system:${id}`, label: name })),
          ]}
          value={filter.actor}
          onChange={(actor) => setFilter({ actor })}
        />
        <FilterChoice
          label="What"
          all="Everything"
          options={KIND_GROUPS.map(({ id, label }) => ({ value: id, label }))}
          value={group}
          onChange={(id) =>
            setFilter({ kind: [...(KIND_GROUPS.find((one) => one.id === id)?.kinds ?? [])] })
          }
          className="w-44"
        />
        <TimeFilter {...{ filter, setFilter }} />
      </Toolbar>
      {page !== undefined && <Chips {...{ filter, setFilter, page }} />}
    </>
  );
}

type ChipsProps = { filter: AuditFilter; setFilter: SetFilter; page: AuditPage };

function Chips({ filter, setFilter, page }: ChipsProps) {
  const chips = chipsOf(filter, page);
  if (chips.length === 0) return null;
  return (
    <ul
      aria-label="Filters in force"
      className="flex shrink-0 flex-wrap gap-2 border-rule border-b bg-panel px-4 py-2"
    >
      {chips.map(({ key, words, without }) => (
        <li key={key}>
          <button
            type="button"
            aria-label={`Remove the filter: ${words}`}
            onClick={() => setFilter(without)}
            className={CHIP}
          >
            <span className="truncate">{words}</span>
            <Icon name="close" size={12} />
          </button>
        </li>
      ))}
    </ul>
  );
}

const CHIP =
  "inline-flex h-6 max-w-72 items-center gap-1.5 rounded-control border border-rule-strong " +
  "px-2 type-small hover:bg-sunk";

function fieldOptions(page: AuditPage | undefined) {
  return (page?.entities ?? []).flatMap(({ id: entity, name, fields }) =>
    fields.map((field) => ({ value: `${entity}/${field.id}`, label: `${name}, ${field.name}` })),
  );
}

function fieldOf(key: string | null): Pick<AuditFilter, "entity" | "field"> {
  const [entity, field] = key?.split("/") ?? [];
  return { entity: entity || null, field: field ?? null };
}
