import type { MapDocument } from "../../../core/map/document.ts";
import { type AuditReplay, isBlank, isSame, show } from "./audit-replay.ts";
import type { AttemptRow, AuditRow, HubView } from "./hub-view.ts";
import { fieldsChanged, positionOf, type Touch, type Truth } from "./truth.ts";

/** Which rows are one record: matched before anything is made, made once, and parted for good. */
export class Identity {
  readonly #truth: Truth;
  /** By record and binding: the rows that we have made for it. */
  readonly #made = new Map<string, Touch[]>();
  readonly #intents = new Map<string, AttemptRow>();
  /** Systems that cannot tell what became of a call. */
  readonly #unsure: readonly string[];

  constructor(truth: Truth, unsure: readonly string[]) {
    this.#truth = truth;
    this.#unsure = unsure;
  }

  /**
   * A new record has a match key that no other living record had; but a row that a person parts is
   * a new one, whoever has its key (DESIGN.md §5). @param replay before the line
   */
  checkMatched(line: AuditRow, replay: AuditReplay, view: HubView): string[] {
    if (line.kind !== "created" || line.actor.startsWith("person:")) return [];
    const sku = (line.after as Record<string, unknown>)["sku"];
    if (isBlank(sku) || sku === undefined) return [];
    const row = view.links.find(({ id }) => id === line.link);
    const wasParted = (record: string) =>
      view.links.some(
        (link) =>
          link.record === record &&
          link.state === "unlinked" &&
          link.binding === row?.binding &&
          link.external_id === row?.external_id,
      );
    return replay
      .livingWith("sku", sku)
      .filter((record) => record !== line.record && !wasParted(record))
      .map((record) => `${line.record} was made, although ${record} has its key ${sku}`);
  }

  /** What a person has parted is one again by a person only. */
  checkParted(view: HubView, lines: readonly AuditRow[]): string[] {
    return view.links.flatMap(({ record, binding, external_id, state, id }) => {
      if (state !== "live") return [];
      const parted = view.links.some(
        (other) =>
          other.state === "unlinked" &&
          other.record === record &&
          other.binding === binding &&
          other.external_id === external_id,
      );
      if (!parted) return [];
      const last = lines.findLast((line) => line.link === id && line.kind === "linked");
      if (last?.actor.startsWith("person:") === true) return [];
      return [`row ${external_id} of ${binding} is ${record}'s again, which a person has parted`];
    });
  }

  /** Intents that were not there at the last look. */
  newIntents({ attempts }: HubView): AttemptRow[] {
    const fresh = attempts.filter(({ id }) => !this.#intents.has(id));
    for (const intent of fresh) this.#intents.set(intent.id, intent);
    return fresh;
  }

  /**
   * What is announced to be made goes to an object whose rows were all read before, and what is
   * announced to be sent are fields that the live map sends there.
   */
  checkIntent(
    { operation, binding, sent }: AttemptRow,
    before: HubView | null,
    view: HubView,
    map: MapDocument | undefined,
  ): string[] {
    const known = map?.bindings.find((one) => one.id === binding);
    const { system, object = "", edges = [] } = known ?? {};
    const sends = new Set(
      edges.filter(({ direction }) => direction !== "in").flatMap(({ fields }) => fields),
    );
    const unsent = Object.keys(sent)
      .filter((field) => !sends.has(field))
      .map((field) => `${field} goes to ${system}, which the map does not send`);
    const isRead = (of: HubView | null) =>
      of?.captures.some((one) => one.system === system && object in one.loaded);
    if (operation !== "create" || isRead(before) || isRead(view)) return unsent;
    return [...unsent, `a row of ${system} is to be made before its rows have been read`];
  }

  /**
   * What our own update put into a row is nobody's edit, also when the system cannot tell that it
   * was ours.
   */
  checkOwn(line: AuditRow, view: HubView): string[] {
    const { system, field, link, rule } = line;
    if (field === null || rule === "sum-of-deltas") return [];
    const value = toldOf(line);
    if (value === undefined) return [];
    const touch = this.#changeOf(line, field, view);
    if (touch?.isOurs !== true || touch.before === null) return [];
    const isOurs = [...this.#intents.values()].some(
      (intent) =>
        intent.transaction === touch.transaction &&
        intent.link === link &&
        field in intent.sent &&
        isSame(intent.sent[field], value),
    );
    if (!isOurs) return [];
    return [`${field} = ${show(value)}, our own write, was taken for an edit of ${system}`];
  }

  /** The change that a line is about; of a whole read the last one that made the field so. */
  #changeOf({ system, link, cause }: AuditRow, field: string, view: HubView): Touch | undefined {
    const { touches } = this.#truth;
    const place = cause["position"] ?? "";
    if (!place.endsWith(":0000000000")) {
      return touches.find((one) => one.system === system && positionOf(one) === place);
    }
    const id = view.links.find((one) => one.id === link)?.external_id;
    return touches.findLast(
      (one) =>
        one.system === system &&
        one.id === id &&
        positionOf(one) <= place &&
        fieldsChanged(this.#truth.shapeOf(one.system), one).some((it) => it.field === field),
    );
  }

  /** For one record one row is made in an object, whatever becomes of the call. */
  checkMade(touch: Touch, view: HubView): string[] {
    if (!touch.isOurs || touch.before !== null || touch.after === null) return [];
    const intent = this.#intentOf(touch, view);
    if (intent === undefined) return [];
    // DESIGN.md §11: where nobody can tell what became of a call, and the row has no key by which
    // it could be found, nobody can know that it is there.
    const isLost = isBlank(intent.sent["sku"]) || intent.sent["sku"] === undefined;
    if (isLost && this.#unsure.includes(touch.system)) return [];
    const { record, binding } = intent;
    const place = `${record} ${binding}`;
    const before = this.#made.get(place) ?? [];
    this.#made.set(place, [...before, touch]);
    return before
      .filter(({ row }) => this.#isStillTheirs(touch.system, row, { record, binding }, view))
      .map(({ id }) => {
        return `${record} had row ${id} in ${touch.system}, made by us, and row ${touch.id} too`;
      });
  }

  #intentOf({ system, transaction, id, after }: Touch, view: HubView): AttemptRow | undefined {
    const creates = view.attempts.filter(
      (one) =>
        one.binding === `${system}-thing` &&
        one.transaction === transaction &&
        one.operation === "create",
    );
    const { sku } = this.#truth.shapeOf(system).read(after ?? {});
    return (
      creates.find(({ external_id }) => external_id === id) ??
      creates.find(({ sent }) => isSame(sent["sku"], sku))
    );
  }

  /** The row is there, and nobody has parted it from the record. */
  #isStillTheirs(
    system: string,
    row: string,
    { record, binding }: { record: string; binding: string },
    view: HubView,
  ): boolean {
    const id = this.#truth.idOf(system, row);
    if (id === null) return false;
    return !view.links.some(
      (link) =>
        link.binding === binding &&
        link.external_id === id &&
        (link.record !== record || link.state === "unlinked" || link.state === "gone"),
    );
  }
}

/** The value of a system that a line has taken for an edit: it was taken, refused or asked. */
function toldOf({ kind, actor, after, losers }: AuditRow): unknown {
  if (kind === "accepted") return after;
  if (!["rejected", "held", "kept-apart"].includes(kind)) return undefined;
  return losers?.find(({ from }) => from === actor)?.value;
}
