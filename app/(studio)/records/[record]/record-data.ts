import type { Outputs } from "../../../../server/api/root.ts";
import {
  type LogLine,
  type SpreadLine,
  spreadLine,
} from "../../../../server/core/audit/log-line.ts";
import type { Entity, Field, MapSystem } from "../../../../server/core/map/document.ts";
import { type Decided, decidedOf } from "../../../../server/core/map/groups.ts";
import {
  fieldsOfSplit,
  memberName,
  perWords,
  splitById,
} from "../../../../server/core/map/splits.ts";

export type RecordData = Outputs["records"]["find"];
export type RecordRow = RecordData["rows"][number];
export type Cell = RecordRow["cells"][string];

/** Rows that are the record's now, and those that were. */
export function presentRows({ rows }: RecordData): RecordRow[] {
  return rows.filter(({ state }) => state === "live" || state === "pending");
}

export function formerRows({ rows }: RecordData): RecordRow[] {
  // A place that was never a row has nothing to tell.
  return rows.filter(
    ({ state, externalId }) => state !== "live" && state !== "pending" && externalId !== null,
  );
}

export function entityOf({ document, entity }: RecordData): Entity | undefined {
  return document.entities.find(({ id }) => id === entity);
}

export function systemOf({ document }: RecordData, id: string): MapSystem | undefined {
  return document.systems.find((system) => system.id === id);
}

/** The fields to show: the map's, and behind them values that the map has dropped since. */
export function fieldsOf(data: RecordData): FieldLine[] {
  const entity = entityOf(data);
  const known = entity?.fields ?? [];
  const dropped = Object.keys(data.values).filter((id) => !known.some((field) => field.id === id));
  return [
    ...(entity === undefined ? [] : decidedOf(entity).flatMap((one) => linesIn(data, entity, one))),
    ...dropped.map((id) => ({ id, name: id, field: null, group: null })),
  ];
}

function linesIn({ document }: RecordData, entity: Entity, decided: Decided): FieldLine[] {
  return decided.fields.flatMap((id, at): FieldLine[] => {
    const field = entity.fields.find((one) => one.id === id);
    if (field === undefined) return [];
    const { name, split: of } = field;
    const together = { words: `${decided.name} · decided together`, isFirst: at === 0 };
    if (decided.group) return [{ id, name, field, group: together }];
    const split = of === undefined ? undefined : splitById(entity, of.of);
    if (of === undefined || split === undefined) return [{ id, name, field, group: null }];
    const [first] = fieldsOfSplit(entity, of.of);
    const group = { words: perWords(document, split), isFirst: first?.id === id };
    return [{ id, name: memberName(document, split, field), field, group }];
  });
}

/** A line of the table. */
export type FieldLine = {
  readonly id: string;
  /** What it is called there: of a field per language the language. */
  readonly name: string;
  readonly field: Field | null;
  /** It is decided with the lines beside it, or is one of the languages of one name. */
  readonly group: { readonly words: string; readonly isFirst: boolean } | null;
};

/** The lines about one field, newest first. */
export function linesOf(lines: readonly LogLine[], field: string): SpreadLine[] {
  return lines
    .flatMap((line) => spreadLine(line))
    .filter((line) => line.field === field)
    .reverse();
}

const HUB_KINDS: ReadonlySet<string> = new Set([
  "created",
  "accepted",
  "resolved",
  "set",
  "merged",
  "unmerged",
]);

/** The line that put the hub's value there: the newest that changed it. */
export function hubLine(lines: readonly SpreadLine[]): SpreadLine | undefined {
  return lines.find(({ kind, before, after }) => {
    // A merge in which the record's own value stood has changed nothing.
    const stood = kind === "merged" && JSON.stringify(before) === JSON.stringify(after);
    return HUB_KINDS.has(kind) && !stood;
  });
}

/** The newest line about what one system holds in the field. */
export function systemLine(lines: readonly SpreadLine[], system: string): SpreadLine | undefined {
  return lines.find((line) => line.system === system && line.kind !== "released");
}

/** Different moments at which something happened, oldest first. */
export function moments(lines: readonly LogLine[]): string[] {
  return [...new Set(lines.map(({ at }) => at))];
}

/** The moment before or after another one; null beyond the last: the present. */
export function stepMoment(all: readonly string[], at: string | null, step: 1 | -1): string | null {
  const now = at === null ? Number.POSITIVE_INFINITY : Date.parse(at);
  if (step === 1) return all.find((moment) => Date.parse(moment) > now) ?? null;
  const earlier = all.filter((moment) => Date.parse(moment) < now);
  // From the present one goes to the last change but one: the last one is the present.
  const from = at === null ? earlier.slice(0, -1) : earlier;
  return from.at(-1) ?? all[0] ?? null;
}
