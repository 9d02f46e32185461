"use client";

import Link from "next/link";
import { useState } from "react";
import type { CellChange, Impact, ImpactRow, RowChange } from "../../server/core/impact/impact.ts";
import { fieldName, systemName } from "../../server/core/map/place.ts";
import { Button } from "../ui/button.tsx";
import { formatCount } from "../ui/count.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import type { IconName } from "../ui/icon-paths.ts";
import { FieldValue } from "../values/field-value.tsx";
import { LineBullet } from "../values/line-bullet.tsx";
import { CHANGE_WORDS } from "./impact-words.ts";
import type { PreviewedMap } from "./use-preview.ts";

/** Which rows are looked at; `system` null: the hub's own records; undefined: of everywhere. */
export type Shown = {
  readonly change: RowChange | null;
  readonly system: string | null | undefined;
};

type ImpactRowsProps = {
  impact: Impact;
  map: PreviewedMap;
  shown: Shown;
  setShown: (shown: Shown) => void;
};

/** What follows below them must not be out of sight. */
const FIRST = 5;
const PAGE = 25;

/** Rows to look at, cell by cell, before and after. */
export function ImpactRows({ impact, map, shown, setShown }: ImpactRowsProps) {
  const [count, setCount] = useState(FIRST);
  const rows = impact.rows.filter((row) => isShown(row, shown));
  const some = rows.slice(0, count);
  const isAll = shown.change === null && shown.system === undefined;
  const hidden = impact.rows.length - rows.length;
  if (impact.rows.length === 0) return null;
  return (
    <div className="border-rule border-t">
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 px-4 py-1">
        <h3 className="type-label">{isAll ? "Rows" : titleOf(map, shown)}</h3>
        {!isAll && (
          <Button
            size="sm"
            variant="quiet"
            onClick={() => {
              setCount(FIRST);
              setShown({ change: null, system: undefined });
            }}
          >
            Show all{hidden > 0 ? ` (${formatCount(hidden)} more)` : ""}
          </Button>
        )}
      </div>
      <ul aria-label="Rows that change">
        {some.map((row, at) => (
          // Rows of one record differ by their system, and are never moved.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <RowLine key={at} {...{ row, map }} />
        ))}
      </ul>
      {rows.length > some.length && (
        <div className="px-4 py-2">
          <Button size="sm" onClick={() => setCount(count + PAGE)}>
            Show {formatCount(Math.min(PAGE, rows.length - some.length))} more
          </Button>
        </div>
      )}
      {impact.rowsLeftOut > 0 && (
        <p className="px-4 pb-3 type-small text-ink-2">
          {formatCount(impact.rowsLeftOut)} more rows are counted above and not listed.
        </p>
      )}
    </div>
  );
}

const isShown = (row: ImpactRow, { change, system }: Shown): boolean =>
  (change === null || row.change === change) && (system === undefined || row.system === system);

function titleOf(map: PreviewedMap, { change, system }: Shown): string {
  const what = change === null ? "Rows" : CHANGE_WORDS[change];
  if (system === undefined) return what;
  if (system === null) return `${what} in the hub`;
  return `${what} in ${systemName(map, system)}`;
}

const SIGNS: Readonly<Record<RowChange, { icon: IconName; tone: string }>> = {
  created: { icon: "plus", tone: "text-add" },
  changed: { icon: "edit", tone: "text-ink" },
  deleted: { icon: "trash", tone: "text-rem" },
  blocked: { icon: "warning", tone: "text-warn" },
};

type RowLineProps = { row: ImpactRow; map: PreviewedMap };

function RowLine({ row, map }: RowLineProps) {
  const { icon, tone } = SIGNS[row.change];
  const system = map.systems.find(({ id }) => id === row.system);
  const entity = map.entities.find(({ id }) => id === row.entity);
  return (
    <li className="flex min-w-0 gap-2 border-rule/60 border-t px-4 py-2">
      <span role="img" aria-label={CHANGE_WORDS[row.change]} className={cx("mt-0.5", tone)}>
        <Icon name={icon} size={14} />
      </span>
      <div className="grid min-w-0 flex-1 gap-x-4 gap-y-1 md:grid-cols-[14rem_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col">
          <span className="flex min-w-0 items-center gap-1.5">
            {system === undefined ? (
              <span className="type-small text-ink-2">Hub</span>
            ) : (
              <LineBullet system={system} />
            )}
            <RowTitle row={row} />
          </span>
          <span className="truncate type-small text-ink-2">
            {entity?.name ?? row.entity}
            {row.externalId !== null && ` ${row.externalId}`}
          </span>
        </div>
        <div className="flex min-w-0 flex-col gap-1">
          {row.cells.map((cell) => (
            <CellLine key={cell.field} {...{ cell, row, map }} />
          ))}
          {row.why !== null && <p className="type-small text-warn">{row.why}</p>}
        </div>
      </div>
    </li>
  );
}

/** In a tab of its own: what was typed here stays. */
function RowTitle({ row: { record, title } }: { row: ImpactRow }) {
  const text = title === "" ? "without a name" : title;
  if (record === null) return <span className="min-w-0 truncate type-label">{text}</span>;
  return (
    <Link href={`/records/${record}`} target="_blank" className="link min-w-0 truncate type-label">
      {text}
    </Link>
  );
}

function CellLine({ cell, row, map }: RowLineProps & { cell: CellChange }) {
  const entity = map.entities.find(({ id }) => id === row.entity);
  const type = entity?.fields.find(({ id }) => id === cell.field)?.type;
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-2">
      <span className="type-small text-ink-2">{fieldName(map, row.entity, cell.field)}</span>
      {cell.before !== undefined && (
        <del className="min-w-0 bg-rem-bg px-1 decoration-rem">
          <FieldValue value={cell.before} type={type} />
        </del>
      )}
      {cell.before !== undefined && cell.after !== undefined && (
        <Icon name="arrow-right" size={14} className="text-ink-3" />
      )}
      {cell.after !== undefined && (
        <ins className="min-w-0 bg-add-bg px-1 no-underline">
          <FieldValue value={cell.after} type={type} />
        </ins>
      )}
    </p>
  );
}
