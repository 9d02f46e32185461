import type { ObjectSchema } from "../../../core/map/object-schema.ts";
import type { Columns } from "../../../core/values/field-value.ts";
import type { Change } from "../../connector.ts";
import { positionAt } from "./log-position.ts";
import type { Relation } from "./relation.ts";

/**
 * Deleted keys that wait for the end of a long transaction, in case they come back. Beyond this
 * the oldest are told as gone: memory is bounded, and a later insert is told as a new row.
 */
const WAITING_GONE_MAX = 100_000;

/** One change in the making. A row is folded into it until it is told. */
type Draft = {
  kind: "row" | "gone" | "emptied" | "schema";
  readonly relation: Relation;
  externalId: string;
  previous: string | null;
  columns: Columns;
  operation: "insert" | "update";
  readonly schema: ObjectSchema | null;
};

/** What of a transaction can be told together. */
export type Told = {
  readonly changes: Change[];
  /** How many of its changes were counted when this was told. */
  readonly sequence: number;
};

/**
 * One transaction of the source, folded to the state at its end: several events of one row become
 * one change. A transaction too long for memory is told in parts (`tellPart`), each folded for
 * itself, but a delete waits for the end, because its row may come back.
 *
 * The numbering depends on the events alone, never on who reads them, so that a transaction that
 * is read again after a crash has the same numbers.
 */
export class Transaction {
  readonly lsn: string;
  readonly at: string;
  readonly id: string;
  /** Events that are not told yet, and their bytes. */
  events = 0;
  bytes = 0;
  #drafts: (Draft | null)[] = [];
  /** Where each row's draft stands; made when a second event comes. */
  #places: Map<string, number> | null = null;
  #waitingGone: Map<string, Draft> | null = null;
  #sequence = 0;

  constructor(lsn: string, at: string, id: string) {
    this.lsn = lsn;
    this.at = at;
    this.id = id;
  }

  insert(relation: Relation, externalId: string, columns: Columns): void {
    const waiting = this.#takeWaiting(relation, externalId);
    const draft = this.#draftOf(relation, externalId);
    if (draft !== null && draft.kind === "gone") {
      draft.kind = "row";
      draft.operation = "update";
      draft.columns = columns;
      return;
    }
    this.#add(rowDraft(relation, externalId, columns, waiting ? "update" : "insert"));
  }

  update(relation: Relation, externalId: string, columns: Columns, oldId: string): void {
    const draft = this.#draftOf(relation, oldId);
    if (draft === null || draft.kind !== "row") {
      const changed = rowDraft(relation, externalId, columns, "update");
      if (oldId !== externalId) {
        changed.previous = oldId;
        this.#tellWaiting(relation, externalId);
      }
      this.#add(changed);
      return;
    }
    // What this event left out (an unchanged large value) an earlier one may have told.
    draft.columns = { ...draft.columns, ...columns };
    if (oldId !== externalId) this.#rename(draft, externalId);
  }

  remove(relation: Relation, externalId: string): void {
    const draft = this.#draftOf(relation, externalId);
    if (draft === null || draft.kind !== "row") {
      this.#add(goneDraft(relation, externalId));
      return;
    }
    const { previous } = draft;
    draft.kind = "gone";
    draft.previous = null;
    draft.columns = {};
    if (previous !== null) this.#removeRenamed(draft, previous);
  }

  /** Under its new key nobody has ever seen the row: it is gone under the one that it had. */
  #removeRenamed(draft: Draft, previous: string): void {
    const { relation } = draft;
    const place = this.#placeOf(relation, draft.externalId);
    this.#places?.delete(placeKey(relation, draft.externalId));
    const successor = this.#draftOf(relation, previous);
    if (successor === null) {
      draft.externalId = previous;
      this.#indexed().set(placeKey(relation, previous), place);
      return;
    }
    // Another row has the key by now: deleted and present again is changed.
    successor.operation = "update";
    this.#drafts[place] = null;
  }

  empty(relation: Relation): void {
    for (let place = 0; place < this.#drafts.length; place += 1) {
      const draft = this.#drafts[place];
      if (draft?.relation.oid !== relation.oid || draft.kind === "schema") continue;
      this.#places?.delete(placeKey(relation, draft.externalId));
      this.#drafts[place] = null;
    }
    for (const [key, draft] of this.#waitingGone ?? []) {
      if (draft.relation.oid === relation.oid) this.#waitingGone?.delete(key);
    }
    this.#add({ ...goneDraft(relation, ""), kind: "emptied" });
  }

  reshape(relation: Relation, schema: ObjectSchema | null): void {
    this.#drafts.push({ ...goneDraft(relation, ""), kind: "schema", schema });
  }

  /** Tells what has come so far and keeps the deletes back. */
  tellPart(): Told {
    const drafts = this.#drafts;
    this.#reset();
    const waiting = this.#waitingGone ?? new Map<string, Draft>();
    this.#waitingGone = waiting;
    const living = new Set(drafts.flatMap((draft) => (draft?.kind === "row" ? keyOf(draft) : [])));
    const told: Draft[] = [];
    for (const draft of drafts) {
      if (draft === null) continue;
      // A key that another row has taken cannot come back as the deleted one.
      if (draft.kind !== "gone" || living.has(keyOf(draft))) told.push(draft);
      else waiting.set(keyOf(draft), draft);
    }
    for (const [key, draft] of waiting) {
      if (waiting.size <= WAITING_GONE_MAX) break;
      waiting.delete(key);
      told.push(draft);
    }
    return this.#tell(told);
  }

  /** Tells the rest: the transaction has ended. */
  tellRest(): Told {
    const drafts = this.#drafts.filter((draft) => draft !== null);
    const waiting = this.#waitingGone?.values() ?? [];
    return this.#tell([...drafts, ...waiting]);
  }

  #tell(drafts: readonly Draft[]): Told {
    const changes: Change[] = [];
    for (const draft of drafts) {
      if (draft.kind !== "schema") this.#sequence += 1;
      if (draft.relation.isWanted) changes.push(this.#changeOf(draft));
    }
    return { changes, sequence: this.#sequence };
  }

  #changeOf(draft: Draft): Change {
    const object = draft.relation.name;
    const position = positionAt(this.lsn, this.#sequence);
    const { at, id: transaction } = this;
    const { externalId, columns, operation, previous } = draft;
    switch (draft.kind) {
      case "row": {
        const row = { kind: "row", object, externalId, columns, operation } as const;
        if (previous === null) return { ...row, position, at, transaction };
        return { ...row, previousExternalId: previous, position, at, transaction };
      }
      case "gone":
        return { kind: "gone", object, externalId, position, at, transaction };
      case "emptied":
        return { kind: "emptied", object, position, at, transaction };
      case "schema":
        return { kind: "schema", object, schema: draft.schema, position };
    }
  }

  /** Moves the draft to the end: a row that had this key was told, or deleted, before. */
  #rename(draft: Draft, externalId: string): void {
    const { relation } = draft;
    this.#drafts[this.#placeOf(relation, draft.externalId)] = null;
    this.#places?.delete(placeKey(relation, draft.externalId));
    // A row that is made in this transaction was never seen under its first key.
    if (draft.operation === "update" && draft.previous === null) draft.previous = draft.externalId;
    if (draft.previous === externalId) draft.previous = null;
    draft.externalId = externalId;
    this.#tellWaiting(relation, externalId);
    this.#add(draft);
  }

  #add(draft: Draft): void {
    this.#drafts.push(draft);
    if (this.#places === null) return;
    if (draft.kind !== "emptied") {
      this.#places.set(placeKey(draft.relation, draft.externalId), this.#drafts.length - 1);
    }
  }

  #draftOf(relation: Relation, externalId: string): Draft | null {
    if (this.#drafts.length === 0) return null;
    const place = this.#placeOf(relation, externalId);
    return place === -1 ? null : (this.#drafts[place] ?? null);
  }

  #placeOf(relation: Relation, externalId: string): number {
    return this.#indexed().get(placeKey(relation, externalId)) ?? -1;
  }

  #indexed(): Map<string, number> {
    if (this.#places !== null) return this.#places;
    const places = new Map<string, number>();
    this.#drafts.forEach((draft, place) => {
      if (draft === null || draft.kind === "emptied" || draft.kind === "schema") return;
      places.set(placeKey(draft.relation, draft.externalId), place);
    });
    this.#places = places;
    return places;
  }

  /** True when the row was deleted in an earlier part; then its delete is not told any more. */
  #takeWaiting(relation: Relation, externalId: string): boolean {
    return this.#waitingGone?.delete(placeKey(relation, externalId)) ?? false;
  }

  /** Another row takes the key of a deleted one: the delete has to be told before that. */
  #tellWaiting(relation: Relation, externalId: string): void {
    if (!this.#takeWaiting(relation, externalId)) return;
    this.#drafts.unshift(goneDraft(relation, externalId));
    this.#places = null;
  }

  #reset(): void {
    this.#drafts = [];
    this.#places = null;
    this.events = 0;
    this.bytes = 0;
  }
}

function keyOf(draft: Draft): string {
  return placeKey(draft.relation, draft.externalId);
}

function placeKey(relation: Relation, externalId: string): string {
  return `${relation.oid}:${externalId}`;
}

function rowDraft(
  relation: Relation,
  externalId: string,
  columns: Columns,
  operation: "insert" | "update",
): Draft {
  return {
    kind: "row",
    relation,
    externalId,
    previous: null,
    columns,
    operation,
    schema: null,
  };
}

function goneDraft(relation: Relation, externalId: string): Draft {
  return { ...rowDraft(relation, externalId, {}, "update"), kind: "gone" };
}
