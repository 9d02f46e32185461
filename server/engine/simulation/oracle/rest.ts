import type { MemorySystem } from "../../../connectors/memory/system.ts";
import type { MapDocument } from "../../../core/map/document.ts";
import type { Columns } from "../../../core/values/field-value.ts";
import { isOutside, wouldBeOutside } from "../scoped.ts";
import type { Shape } from "../shapes.ts";
import { isBlank, isSame, show } from "./audit-replay.ts";
import {
  type AuditRow,
  type HubView,
  type LinkRow,
  type RecordRow,
  waitsForItsRow,
} from "./hub-view.ts";
import { stored } from "./stored.ts";
import type { Truth } from "./truth.ts";

/** What the hub says when everything has come to rest, beside what the systems really hold. */
export type Rest = {
  readonly view: HubView;
  readonly document: MapDocument;
  readonly places: readonly { readonly shape: Shape; readonly system: MemorySystem }[];
  readonly lines: readonly AuditRow[];
  readonly truth: Truth;
  /** Systems that forget what became of a transaction: an intent may stay open there. */
  readonly forgetful: readonly string[];
};

type Binding = MapDocument["bindings"][number];

/** Where rows and records do not agree although nothing explains it. */
export function checkRest(rest: Rest): string[] {
  return [
    ...checkWork(rest),
    ...checkHeldDeliveries(rest),
    ...checkDismissed(rest),
    ...rest.document.bindings.flatMap((binding) => [
      ...checkRows(rest, binding),
      ...checkLinks(rest, binding),
      ...checkPlaces(rest, binding),
    ]),
  ];
}

/** Nothing is left to do that does not wait for a person. */
function checkWork({ view, forgetful }: Rest): string[] {
  const wrong: string[] = [];
  for (const { link, system, state, failure } of view.deliveries) {
    if (state === "parked" && isWithPerson(view, link)) continue;
    if (state === "sent" && waitsForItsRow(view, link)) continue;
    wrong.push(`a delivery of link ${link} to ${system} is still ${state}: ${failure}`);
  }
  for (const { link, binding, operation, transaction } of view.attempts) {
    if (forgetful.some((system) => binding === `${system}-thing`)) continue;
    wrong.push(`an intent to ${operation} for link ${link} is still open (${transaction})`);
  }
  return wrong;
}

/**
 * What the link did not take is held; or a person let it be, and nothing of it was held since; or
 * a person is asked whose the row is that seems to be its.
 */
function isWithPerson(view: HubView, link: string): boolean {
  if (waitsForItsRow(view, link)) return true;
  const items = view.quarantine.filter((item) => item.link === link);
  if (items.some(({ state }) => state === "held")) return true;
  const letBe = view.links.find(({ id }) => id === link)?.let_be;
  if (items.some(({ id, state }) => state === "dismissed" && id === letBe)) return true;
  const last = items
    .filter(({ kind }) => kind === "delivery")
    .sort(byAge)
    .at(-1);
  return last?.state === "dismissed";
}

const byAge = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

/** What a target did not take waits for a person only while something is to be delivered there. */
function checkHeldDeliveries({ view, document }: Rest): string[] {
  return view.quarantine.flatMap(({ kind, state, link: id, field, binding }) => {
    if (kind !== "delivery" || state !== "held") return [];
    const link = view.links.find((one) => one.id === id);
    const record = view.records.get(link?.record ?? "");
    const deletes = document.bindings.some(
      (one) => one.id === binding && one.whenRecordDeleted === "delete",
    );
    const isOver = link !== undefined && ["gone", "unlinked", "left"].includes(link.state);
    const isLeft = record?.deleted_at != null && !(link?.state === "live" && deletes);
    return isOver || isLeft ? [`a refused ${field} waits at link ${id}, which is over`] : [];
  });
}

/** Who dismissed a row, and what it held, is told for ever. */
function checkDismissed({ view, lines }: Rest): string[] {
  return view.quarantine
    .filter(({ kind, state }) => kind === "row" && state === "dismissed")
    .filter(({ id }) => !lines.some(({ cause, losers }) => cause["quarantine"] === id && losers))
    .map(({ external_id, binding }) => `row ${external_id} of ${binding} was dismissed untold`);
}

/** Every row is somebody's, or waits visibly. */
function checkRows(rest: Rest, binding: Binding): string[] {
  const { view } = rest;
  const { shape, system } = placeOf(rest, binding.system);
  const live = new Set(
    view.links
      .filter((link) => link.binding === binding.id && link.state === "live")
      .map(({ external_id }) => external_id),
  );
  const waiting = new Set([
    ...view.unmatched.filter((row) => row.binding === binding.id).map((row) => row.external_id),
    ...view.quarantine
      .filter((q) => q.binding === binding.id && q.kind === "row")
      .map((q) => (q.state === "held" || q.state === "dismissed" ? q.external_id : null)),
  ]);
  const rows = [...system.rows(shape.object).keys()];
  const outside = rows.filter((id) =>
    isOutside(rest.document, shape, system.row(shape.object, id)),
  );
  return [
    ...rows
      .filter((id) => !live.has(id) && !waiting.has(id) && !outside.includes(id))
      .map((id) => `row ${id} of ${binding.system} is nobody's`),
    ...outside
      .filter((id) => live.has(id) || waiting.has(id))
      .map((id) => `row ${id} of ${binding.system} lies outside the scope and is somebody's`),
    ...[...live]
      .filter((id) => id === null || !rows.includes(id))
      .map((id) => `row ${id} of ${binding.system} is linked and does not exist`),
    ...view.quarantine
      .filter(({ kind, state, binding: of }) => {
        return kind === "row" && state === "held" && of === binding.id;
      })
      .filter(({ external_id: id }) => id === null || !rows.includes(id))
      .map(({ external_id: id }) => `row ${id} of ${binding.system} is held and does not exist`),
    ...view.unmatched
      .filter(({ binding: of, external_id: id }) => of === binding.id && !rows.includes(id))
      .map(({ external_id: id }) => `row ${id} of ${binding.system} waits and does not exist`),
  ];
}

/** Every linked row holds what the hub holds, in each field that it receives. */
function checkLinks(rest: Rest, binding: Binding): string[] {
  const { view } = rest;
  return view.links
    .filter((link) => link.binding === binding.id && link.state === "live")
    .flatMap((link) => {
      const record = view.records.get(link.record);
      if (record === undefined) return [`link ${link.id} is of no record`];
      if (isAsked(view, record.id, null)) return [];
      if (record.deleted_at !== null) return checkDeleted(rest, binding, link);
      return checkFields(rest, { binding, link, record });
    });
}

function checkDeleted({ view }: Rest, binding: Binding, link: LinkRow): string[] {
  const waits = view.quarantine.some((item) => item.link === link.id && item.state === "held");
  if (binding.whenRecordDeleted !== "delete" || waits) return [];
  return [`row ${link.external_id} of ${binding.system} outlived its record`];
}

type Linked = { readonly binding: Binding; readonly link: LinkRow; readonly record: RecordRow };

function checkFields(rest: Rest, linked: Linked): string[] {
  const { binding, link, record } = linked;
  const { shape, system } = placeOf(rest, binding.system);
  const row = system.row(shape.object, link.external_id ?? "");
  if (row === null) return [];
  const holds: Readonly<Record<string, unknown>> = shape.read(row);
  const parked = rest.view.deliveries.some((d) => d.link === link.id && d.state === "parked");
  if (parked) return [];
  const received = binding.edges
    .filter(({ direction }) => direction !== "in")
    .flatMap((edge) => edge.fields.map((field) => ({ edge, field })));
  return received.flatMap(({ edge, field }) => {
    const hub = record.values[field]?.v;
    if (hub === undefined || isSame(hub, holds[field] ?? null)) return [];
    const waits = new Set([...edge.fields, ...withOthers(rest.document, field)]);
    if ([...waits].some((one) => isWaiting(rest.view, linked, one))) return [];
    if (
      edge.direction === "out"
        ? isWrittenOnly(rest, linked, { field, together: edge.fields })
        : isAdjusted(rest, linked, field)
    )
      return [];
    const where = `row ${link.external_id} of ${binding.system}`;
    return [`${where} has ${field} = ${show(holds[field])}, the hub has ${show(hub)}`];
  });
}

/** What is decided together waits together. */
const withOthers = ({ entities }: MapDocument, field: string): readonly string[] =>
  entities[0]?.groups?.find(({ fields }) => fields.includes(field))?.fields ?? [field];

/** The field is under review, in quarantine, or kept apart: listed, and so no surprise. */
function isWaiting(view: HubView, linked: Linked, field: string): boolean {
  const { link, record } = linked;
  return (
    isAsked(view, record.id, field) ||
    link.bases[field]?.apart === true ||
    isLetBe(view, linked, field) ||
    view.quarantine.some(
      (item) =>
        item.state === "held" &&
        item.field === field &&
        (item.kind === "value" ? item.record === record.id : item.link === link.id),
    )
  );
}

/** A person let the system's refused value be, for as long as the hub's stays what it was then. */
function isLetBe(view: HubView, { link, record }: Linked, field: string): boolean {
  const base = link.bases[field];
  const hub = record.values[field]?.v;
  if (base === undefined || base.void === true || !isSame(base.g, hub)) return false;
  return view.quarantine.some(
    (item) =>
      item.state === "dismissed" &&
      item.kind === "value" &&
      item.link === link.id &&
      item.field === field &&
      isSame(item.value.value, base.s),
  );
}

function isAsked(view: HubView, record: string, field: string | null): boolean {
  return view.conflicts.some(
    (one) =>
      one.state === "open" &&
      one.record === record &&
      (field === null ? one.kind === "delete" : one.kind === "field" && one.field === field),
  );
}

/**
 * Nobody reads what a system makes of a field that is only written: it has what it makes of the
 * hub's value, or what a person has put there since. Until the link was given a value of its own,
 * the hub's blank yields to what is there (DESIGN.md §2, no base), as when the row was parted from
 * another record.
 */
function isWrittenOnly(
  rest: Rest,
  { binding, link, record }: Linked,
  { field, together }: { field: string; together: readonly string[] },
): boolean {
  const { shape } = placeOf(rest, binding.system);
  const { s, void: isVoid } = link.bases[field] ?? { s: null, void: true };
  if (isVoid === true && s === null && isBlank(record.values[field]?.v)) return true;
  const touches = rest.truth.touches.filter(
    ({ system, row, after, before }) =>
      system === binding.system &&
      rest.truth.idOf(system, row) === link.external_id &&
      after !== null &&
      fieldsOf(shape, after)[field] !==
        (before === null ? undefined : fieldsOf(shape, before)[field]),
  );
  const last = touches.at(-1);
  if (last?.isOurs === false) return true;
  const fields = together.map((one) => [one, record.values[one]?.v ?? null]);
  const made = shape.adjust(shape.write(Object.fromEntries(fields)));
  const stands = fieldsOf(shape, last?.after ?? {})[field] ?? null;
  return isSame(stands, fieldsOf(shape, made)[field] ?? null);
}

const fieldsOf = (shape: Shape, columns: Columns) =>
  shape.read(columns) as Readonly<Record<string, string | null | undefined>>;

/** The system stored something else than it was sent, and the audit log says so. */
function isAdjusted(rest: Rest, { binding, link, record }: Linked, field: string): boolean {
  const { shape, system } = placeOf(rest, binding.system);
  const hub = record.values[field]?.v ?? null;
  const row = system.row(shape.object, link.external_id ?? "") ?? {};
  const holds = (shape.read(row) as Readonly<Record<string, unknown>>)[field] ?? null;
  if (!isSame(stored(shape, field, hub) ?? null, holds)) return false;
  return rest.lines.some(
    (line) =>
      line.link === link.id &&
      (line.kind === "row-created" || (line.kind === "adjusted" && line.field === field)),
  );
}

/** Every living record has a row where rows are made, or it is said why not. */
function checkPlaces(rest: Rest, binding: Binding): string[] {
  const { view, document } = rest;
  if (!binding.createsRows) return [];
  const { shape } = placeOf(rest, binding.system);
  return [...view.records.values()].flatMap((record) => {
    if (record.deleted_at !== null || isAsked(view, record.id, null)) return [];
    const links = view.links.filter((l) => l.record === record.id && l.binding === binding.id);
    if (links.length === 0) return [`record ${record.id} has no place in ${binding.system}`];
    if (wouldBeOutside(document, shape, record.values)) return [];
    const stuck = links.filter(({ id, state }) => state === "pending" && !isWithPerson(view, id));
    return stuck.map(({ id }) => `link ${id} waits in ${binding.system} for nothing`);
  });
}

function placeOf({ places }: Rest, system: string) {
  const place = places.find(({ shape }) => shape.system === system);
  if (place === undefined) throw new Error(`There is no system ${system}.`);
  return place;
}
