import type { MapDocument } from "../../../core/map/document.ts";
import type { Tally } from "../tally.ts";
import { isBlank, isSame, show } from "./audit-replay.ts";
import { reads } from "./first-contact.ts";
import type { AttemptRow, AuditRow, HubView } from "./hub-view.ts";
import { type FieldChange, fieldsChanged, positionOf, type Touch, type Truth } from "./truth.ts";

/** What must not be undone or done twice: a person's word, a value kept apart, a told event. */
export class Standing {
  readonly #truth: Truth;
  /** By record and field: when a person decided it last, if nobody else did since. */
  readonly #words = new Map<string, string>();
  readonly #told = new Set<string>();
  /** By record: the place of every system's log when it was deleted last. */
  readonly #ends = new Map<string, ReadonlyMap<string, number>>();

  constructor(truth: Truth) {
    this.#truth = truth;
  }

  /**
   * A person's value ends by an edit that was made after it, never by one from before; but what was
   * counted before is counted all the same.
   */
  checkWord(line: AuditRow, map: MapDocument | undefined, tally: Tally): string[] {
    const { kind, actor, record, field, system, cause, at } = line;
    if (field === null || !["accepted", "resolved", "set"].includes(kind)) return [];
    const place = `${record} ${field}`;
    const word = this.#words.get(place);
    if (actor.startsWith("person:")) this.#words.set(place, at);
    else this.#words.delete(place);
    if (word === undefined || kind !== "accepted" || isCount(line, map)) return [];
    const edit = this.#truth.touches.find(
      (one) => one.system === system && positionOf(one) === cause["position"],
    );
    tally.check("word", 1);
    if (edit === undefined || Date.parse(edit.at) >= Date.parse(word)) return [];
    return [`${field} of ${record}, which a person decided, was undone by an edit from before`];
  }

  /** One event of a system decides a field of a row once. */
  checkOnce(line: AuditRow): string[] {
    const { kind, link, field, cause, system } = line;
    const place = cause["position"] ?? "";
    if (!ONCE.has(kind) || place === "" || place.endsWith(":0000000000")) return [];
    const told = `${kind} ${link} ${field} ${system} ${place}`;
    if (!this.#told.has(told)) {
      this.#told.add(told);
      return [];
    }
    return [`an event of ${system} was ${kind} twice: ${field} (${place})`];
  }

  /** When a record ends, and when a person says that it shall. */
  followEnd({ kind, record, field, cause }: AuditRow): void {
    const isAnswer = kind === "resolved" && field === null && cause["detail"] === "delete";
    if (kind === "deleted" || isAnswer) this.#ends.set(record, this.#places());
  }

  #places(): Map<string, number> {
    return new Map(this.#truth.touches.map(({ system, number }) => [system, number]));
  }

  /**
   * A row that somebody edited after its record's end is not deleted for that end, where the map
   * reads what was edited. What was changed and changed back has values that the hub has seen, as
   * conditions have it (DESIGN.md §3.4).
   */
  checkEnd(touch: Touch, view: HubView, map: MapDocument | undefined): string[] {
    const { isOurs, after, system, row, number } = touch;
    if (!isOurs || after !== null) return [];
    const intent = intentOf(touch, view);
    const ended = this.#ends.get(intent?.record ?? "")?.get(system);
    if (ended === undefined) return [];
    const shape = this.#truth.shapeOf(system);
    const isRead = ({ field }: FieldChange) => map !== undefined && reads(map, system, field);
    const received = this.#truth.touches.find(
      (one) =>
        !one.isOurs &&
        one.system === system &&
        one.row === row &&
        one.number > ended &&
        one.number < number &&
        fieldsChanged(shape, one).some(isRead),
    );
    const isBack =
      received?.before != null &&
      touch.before !== null &&
      isSame(shape.read(received.before), shape.read(touch.before));
    if (received === undefined || isBack) return [];
    const place = positionOf(received);
    return [
      `row ${touch.id} of ${system} was deleted with an edit after its record's end (${place})`,
    ];
  }

  /** Nothing writes over a value that is kept apart. */
  checkApart(touch: Touch, before: HubView | null, view: HubView): string[] {
    if (!touch.isOurs || touch.before === null) return [];
    const intent = intentOf(touch, view);
    const isApart = (of: HubView | null, field: string) =>
      of?.links.find(({ id }) => id === intent?.link)?.bases[field]?.apart === true;
    return fieldsChanged(this.#truth.shapeOf(touch.system), touch)
      .filter(({ field }) => intent !== undefined && field in intent.sent)
      .filter(({ field }) => isApart(before, field) && isApart(view, field))
      .filter(({ value, before: was }) => !isSame(value, was))
      .map(({ field, before: was }) => {
        return `${field} of row ${touch.id} of ${touch.system} was kept apart and is no more ${show(was)}`;
      });
  }
}

/** A number was changed by so much, where changes are added up. */
function isCount({ field, before, after }: AuditRow, map: MapDocument | undefined): boolean {
  const policy = map?.entities[0]?.fields.find(({ id }) => id === field)?.policy;
  return policy?.kind === "sum-of-deltas" && !isBlank(before) && !isBlank(after);
}

function intentOf(touch: Touch, view: HubView): AttemptRow | undefined {
  return view.attempts.find(
    ({ transaction, binding, external_id }) =>
      transaction === touch.transaction &&
      binding === `${touch.system}-thing` &&
      external_id === touch.from,
  );
}

const ONCE: ReadonlySet<string> = new Set(["accepted", "stored", "adjusted", "row-gone"]);
