import type { MapDocument } from "../../../core/map/document.ts";
import { type AuditReplay, isBlank, isSame, show } from "./audit-replay.ts";
import type { AuditRow, HubView } from "./hub-view.ts";
import { stored } from "./stored.ts";
import { positionOf, type Touch, type Truth } from "./truth.ts";

export type Deleting = {
  readonly truth: Truth;
  readonly map: MapDocument | undefined;
  /** The hub as the log tells it before the line. */
  readonly replay: AuditReplay;
  /** The hub before these lines. */
  readonly before: HubView | null;
  /** Where its row was told to be gone, by link. */
  readonly goneAt: ReadonlyMap<string, string>;
};

type Binding = MapDocument["bindings"][number];

/**
 * A record goes with a row only if whoever deleted the row had before their eyes what the hub
 * knew. @returns a sentence for each value that they had not seen
 */
export function checkDeleted(line: AuditRow, deleting: Deleting): string[] {
  const { kind, actor, system, link: id, record } = line;
  const { truth, map, replay, before, goneAt } = deleting;
  if (kind !== "deleted" || system === null || !actor.startsWith("system:")) return [];
  const binding = map?.bindings.find((one) => one.system === system);
  const link = before?.links.find((one) => one.id === id);
  if (binding === undefined || link === undefined) return [];
  const place = goneAt.get(id ?? "") ?? "";
  const end = truth.touches.findLast(
    (touch) =>
      touch.system === system &&
      touch.after === null &&
      touch.from === link.external_id &&
      positionOf(touch) <= place,
  );
  if (end?.before == null || end.isOurs) return [];
  const shape = truth.shapeOf(system);
  const had: Readonly<Record<string, unknown>> = shape.read(end.before);
  // Whoever exchanged two keys between two whole reads moved the other row here.
  const isHere = (touch: Touch) => touch.row === end.row || touch.id === end.from;
  const stood = truth.touches.flatMap((one) =>
    isHere(one) && one.system === system && one.after !== null ? [one.after] : [],
  );
  return fieldsBothWays(binding).flatMap((field) => {
    const hub = replay.valueOf(record, field);
    const saw = had[field];
    if (hub === undefined || saw === undefined || isSame(hub, saw)) return [];
    const asStored = stored(shape, field, hub) ?? null;
    // Whoever replaced the hub's value before the end had it before their eyes.
    const shown = stood.some((columns) => {
      const value = (shape.read(columns) as Readonly<Record<string, unknown>>)[field];
      return isSame(value, hub) || isSame(value, asStored);
    });
    if (shown || (isBlank(hub) && isBlank(saw))) return [];
    const base = link.bases[field];
    // Something explained the difference before: it was kept apart, let be, or never delivered; or
    // the field is read there since a moment ago, and nobody has seen what the row has.
    if (base === undefined || base.apart === true || base.void === true) return [];
    if (isSame(base.g, hub)) return [];
    if (isHeld(before, record, field)) return [];
    return [
      `${record} was deleted by ${system}, where ${field} was ${show(saw)} and nobody had seen ` +
        `${show(hub)}`,
    ];
  });
}

/** Edges of several fields wait for one another: their parts say nothing alone. */
function fieldsBothWays({ edges }: Binding): string[] {
  const both = edges.filter(({ direction, fields }) => direction === "both" && fields.length === 1);
  return both.flatMap(({ fields }) => fields);
}

function isHeld(before: HubView | null, record: string, field: string): boolean {
  if (before === null) return false;
  return (
    before.quarantine.some((q) => q.record === record && q.field === field && q.state === "held") ||
    before.conflicts.some((c) => c.record === record && c.field === field && c.state === "open")
  );
}

/**
 * Many records end at once, by rows that are no longer there, with a person's approval only.
 * @param news lines of one step
 */
export function checkMassDeletes(news: readonly AuditRow[], before: HubView | null): string[] {
  if (before === null) return [];
  const gone = news.filter(({ kind, actor }) => kind === "row-gone" && actor.startsWith("system:"));
  const together = Map.groupBy(gone, ({ system, cause }) => `${system} ${cause["position"]}`);
  return [...together.values()].flatMap((lines) => {
    const [first] = lines;
    const binding = `${first?.system}-thing`;
    const live = before.links.filter((one) => one.binding === binding && one.state === "live");
    const isMass = lines.length > GONE_COUNT_MAX && lines.length > live.length * GONE_SHARE_MAX;
    if (!isMass || before.massChanges.some((one) => one.binding === binding)) return [];
    return [`${lines.length} rows of ${first?.system} were taken for gone, and nobody was asked`];
  });
}

/** DESIGN.md §2: more than so many and more than such a share wait for a person. */
const GONE_COUNT_MAX = 3;
const GONE_SHARE_MAX = 0.2;
