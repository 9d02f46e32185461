"use client";

import Link from "next/link";
import { Badge } from "../../../../components/ui/badge.tsx";
import { formatCount } from "../../../../components/ui/count.tsx";
import { Lamp } from "../../../../components/ui/lamp.tsx";
import { Table, Td, Th } from "../../../../components/ui/table.tsx";
import type { SystemData } from "./system-page.tsx";

type StoredObject = SystemData["objects"][number];

type ObjectTableProps = {
  data: SystemData;
  objects: readonly StoredObject[];
  onOpen: (name: string) => void;
};

/** More than this many are found by typing, not by scrolling. */
const ROWS_MAX = 300;

export function ObjectTable({ data, objects, onOpen }: ObjectTableProps) {
  return (
    <>
      <Table label={`Objects of ${data.identity.name}`}>
        <thead>
          <tr>
            <Th>Object</Th>
            <Th>Bound to</Th>
            <Th numeric>Rows</Th>
            <Th numeric className="hidden sm:table-cell">
              Columns
            </Th>
            <Th className="hidden sm:table-cell">Key</Th>
          </tr>
        </thead>
        <tbody>
          {objects.slice(0, ROWS_MAX).map((object) => (
            <ObjectRow key={object.schema.name} {...{ data, object, onOpen }} />
          ))}
        </tbody>
      </Table>
      {objects.length > ROWS_MAX && (
        <p className="px-4 py-2 type-small text-ink-2">
          {formatCount(objects.length - ROWS_MAX)} more: type a part of the name to find them.
        </p>
      )}
    </>
  );
}

function driftLabel({ breaking, lost }: NonNullable<StoredObject["drift"]>): string {
  if (!breaking) return "Changed";
  return lost === undefined ? "Changed, stands still" : "Changed, some columns stand still";
}

type ObjectRowProps = { data: SystemData; object: StoredObject; onOpen: (name: string) => void };

function ObjectRow({ data, object, onOpen }: ObjectRowProps) {
  const { schema, drift } = object;
  return (
    <tr className="hover:bg-sunk">
      <Td>
        <button
          type="button"
          onClick={() => onOpen(schema.name)}
          className="flex min-h-6 items-center gap-2 text-left hover:underline"
        >
          {drift !== null && (
            <Lamp state={drift.breaking ? "failed" : "warning"} label={driftLabel(drift)} />
          )}
          <span className="type-value break-all">{schema.name}</span>
          {schema.kind === "view" && <Badge>view</Badge>}
        </button>
      </Td>
      <Td>
        <BoundTo data={data} name={schema.name} hasKey={schema.key.length > 0} />
      </Td>
      <Td numeric>
        {schema.rowsEstimate === undefined
          ? "–"
          : `≈ ${formatCount(Math.round(schema.rowsEstimate))}`}
      </Td>
      <Td numeric className="hidden sm:table-cell">
        {formatCount(schema.columns.length)}
      </Td>
      <Td className="hidden sm:table-cell">
        <span className="type-value">{schema.key.join(", ")}</span>
      </Td>
    </tr>
  );
}

function BoundTo({ data, name, hasKey }: { data: SystemData; name: string; hasKey: boolean }) {
  const live = data.bindings.filter(({ object }) => object === name);
  const draft = data.draftBindings.filter(
    ({ object, entity }) => object === name && !live.some((one) => one.entity === entity),
  );
  if (live.length + draft.length === 0) {
    return (
      <span className="type-small text-ink-3">
        {hasKey ? "–" : "No key: its rows cannot be told apart"}
      </span>
    );
  }
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {live.map(({ binding, entity, entityName }) => (
        <Link key={binding} href={`/entities/${entity}`} className="link">
          {entityName}
        </Link>
      ))}
      {draft.map(({ binding, entity, entityName }) => (
        <span key={binding} className="inline-flex items-center gap-1">
          <Lamp state="draft" label="Only in the draft" size={12} />
          <Link href={`/entities/${entity}`} className="link">
            {entityName}
          </Link>
        </span>
      ))}
    </span>
  );
}
