import { NOBODY } from "../core/mapping/refer.ts";
import type { Position } from "../core/position.ts";
import type { MappedObservation } from "../core/reconcile/state.ts";
import { rowKey } from "../core/reconcile/world.ts";
import type { Columns } from "../core/values/field-value.ts";
import { type Evidence, ownAttempt } from "./evidence.ts";
import { type BoundChange, readOf, toObservation } from "./observe.ts";

/**
 * Maps the rows, each against its own last state: the one before it among these changes, else the
 * hub's. What the hub has accounted for already is left out.
 */
export function observeRows(
  rows: readonly BoundChange[],
  evidence: Evidence,
  whole: boolean,
): MappedObservation[] {
  const last = new LastRows(evidence);
  const observations: MappedObservation[] = [];
  for (const row of rows) {
    const { rules, change } = row;
    const before = last.before(row);
    if (isAccountedFor(change, before.position, whole)) continue;
    const options = observingOf(evidence, row, before, whole);
    const told = before.isStrange ? wholeRow(change, before.columns) : change;
    const observation = toObservation(rules, told, options);
    // Outside its scope nothing of it is decided, as if nobody had it.
    const isOutside = observation === null ? before.isStrange : observation.outside !== undefined;
    last.follow(row, before, isOutside || before.isStrange);
    if (observation !== null) observations.push(observation);
  }
  return observations;
}

/** Of an update of ours only what it sent and what changed is told; of any other call all. */
function observingOf(evidence: Evidence, row: BoundChange, before: Last, whole: boolean) {
  const own = ownAttempt(evidence.attempts, row);
  const isMade = own !== undefined && own.operation !== "update";
  return {
    before: before.columns,
    whole: whole || before.isStrange || isMade,
    refer: evidence.refer ?? NOBODY,
    sent: own?.sent,
  };
}

/** A whole read at the place of the one before it may have other edges: it is decided again. */
function isAccountedFor(
  { position }: BoundChange["change"],
  known: Position | null,
  whole: boolean,
): boolean {
  return known !== null && (whole ? position < known : position <= known);
}

/**
 * A row that is nobody's yet may still be nobody's after the changes before this one: it is told
 * whole each time, or what waits to be matched would be matched by what changed last.
 */
function wholeRow(change: BoundChange["change"], before: Columns | null): BoundChange["change"] {
  if (change.kind === "gone" || before === null) return change;
  return { ...change, columns: { ...before, ...change.columns } };
}

type Last = {
  readonly columns: Columns | null;
  readonly position: Position | null;
  /** No live link had the row when these changes came, or it was outside its scope since. */
  readonly isStrange: boolean;
};

const NOTHING: Last = { columns: null, position: null, isStrange: true };

/**
 * Every row as the changes so far have left it. The keys of one transaction change at once: what
 * a row was is looked for where it stood before the transaction.
 */
class LastRows {
  readonly #evidence: Evidence;
  /** Null: there is no row of this id by now. */
  readonly #now = new Map<string, { columns: () => Columns; isStrange: boolean } | null>();
  #transaction: string | null = null;
  /** What changes of the present transaction have replaced. */
  readonly #replaced = new Map<string, Last>();

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
  }

  before({ rules, change }: BoundChange): Last {
    if (change.transaction !== this.#transaction) this.#replaced.clear();
    this.#transaction = change.transaction;
    const moved = change.kind === "row" ? change.previousExternalId : undefined;
    const key = rowKey(rules.binding.id, moved ?? change.externalId);
    return (moved === undefined ? undefined : this.#replaced.get(key)) ?? this.#at(key);
  }

  /** @param before what the row was until this change */
  follow({ rules, change }: BoundChange, before: Last, isStrange: boolean): void {
    const key = rowKey(rules.binding.id, change.externalId);
    const previousExternalId = change.kind === "row" ? change.previousExternalId : undefined;
    this.#replaced.set(key, previousExternalId === undefined ? before : this.#at(key));
    if (change.kind === "gone") {
      this.#now.set(key, null);
      return;
    }
    if (previousExternalId !== undefined) {
      const left = rowKey(rules.binding.id, previousExternalId);
      // Unless another row of this transaction stands there already.
      if (!this.#replaced.has(left)) {
        this.#replaced.set(left, this.#at(left));
        this.#now.set(left, null);
      }
    }
    // Put together when it is asked for: few rows come twice in a batch.
    const now = () => ({ ...before.columns, ...readOf(rules, change.columns) });
    this.#now.set(key, { columns: now, isStrange });
  }

  #at(key: string): Last {
    const now = this.#now.get(key);
    if (now === null) return NOTHING;
    const live = this.#evidence.linkAt.get(key);
    // One that was outside its scope is told whole: of what it did there nothing was decided.
    const id = live ?? this.#evidence.leftAt?.get(key);
    const link = id === undefined ? undefined : this.#evidence.links.get(id);
    const position = link?.position ?? null;
    if (now !== undefined) return { columns: now.columns(), position, isStrange: now.isStrange };
    if (link === undefined) return NOTHING;
    return { columns: link.columns, position, isStrange: live === undefined };
  }
}
