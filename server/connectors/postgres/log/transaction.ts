import type { ObjectSchema } from "../../../core/map/object-schema.ts";
import type { Columns } from "../../../core/values/field-value.ts";
import type { Change } from "../../connector.ts";
import {
  type Draft,
  emptiedDraft,
  goneDraft,
  keyOf,
  placeKey,
  rowDraft,
  schemaDraft,
  settleKeys,
} from "./draft.ts";
import { positionAt } from "./log-position.ts";
import type { Relation } from "./relation.ts";

/**
 * Deleted keys that wait for the end of a long transaction, in case they come back. Beyond this
 * the oldest are told as gone: memory is bounded, and a later insert is told as a new row.
 */
const WAITING_GONE_MAX = 100_000;

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
    const wasWaiting = this.#takeWaiting(relation, externalId);
    const draft = this.#draftOf(relation, externalId);
    if (draft !== null && draft.kind === "gone") {
      draft.kind = "row";
      draft.columns = columns;
      return;
    }
    this.#add(rowDraft(relation, externalId, columns, wasWaiting ? externalId : null));
  }

  update(relation: Relation, externalId: string, columns: Columns, oldId: string): void {
    const draft = this.#draftOf(relation, oldId);
    if (draft === null || draft.kind !== "row") {
      if (oldId !== externalId) this.#tellWaiting(relation, externalId);
      this.#add(rowDraft(relation, externalId, columns, oldId));
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
    draft.kind = "gone";
    draft.columns = {};
    const { origin } = draft;
    if (origin === null || origin === externalId) return;
    // Under its new key nobody has ever seen the row: it is gone under the one that it had.
    const place = this.#placeOf(relation, externalId);
    this.#indexed().delete(placeKey(relation, externalId));
    draft.externalId = origin;
    if (this.#draftOf(relation, origin) === null) {
      this.#indexed().set(placeKey(relation, origin), place);
    }
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
    this.#add(emptiedDraft(relation));
  }

  reshape(relation: Relation, schema: ObjectSchema | null): void {
    this.#drafts.push(schemaDraft(relation, schema));
  }

  /** Tells what has come so far and keeps the deletes back. */
  tellPart(): Told {
    const { first, rest } = settleKeys(this.#drafts);
    this.#reset();
    const waiting = this.#waitingGone ?? new Map<string, Draft>();
    this.#waitingGone = waiting;
    // A key that another row has taken cannot come back as the deleted one.
    const told = [...first];
    for (const draft of rest) {
      if (draft.kind === "gone") waiting.set(keyOf(draft), draft);
      else told.push(draft);
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
    const { first, rest } = settleKeys(this.#drafts);
    if (first.length === 0 && this.#waitingGone === null) return this.#tell(rest);
    return this.#tell([...first, ...rest, ...(this.#waitingGone?.values() ?? [])]);
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
    const { externalId, columns, origin } = draft;
    switch (draft.kind) {
      case "row": {
        const operation = origin === null ? "insert" : "update";
        const row = { kind: "row", object, externalId, columns, operation } as const;
        if (origin === null || origin === externalId) return { ...row, position, at, transaction };
        return { ...row, previousExternalId: origin, position, at, transaction };
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
    this.#indexed().delete(placeKey(relation, draft.externalId));
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
    // The row that takes the key is the one to be found under it, so this is not indexed.
    this.#drafts.push(goneDraft(relation, externalId));
  }

  #reset(): void {
    this.#drafts = [];
    this.#places = null;
    this.events = 0;
    this.bytes = 0;
  }
}
