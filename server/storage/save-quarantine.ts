import type { Transaction } from "../../db/client.ts";
import { type Changes, rowOfKey, type World } from "../core/reconcile/world.ts";
import { endHeldRows, holdItems } from "./held-rows.ts";
import { tellIfLet } from "./notify.ts";
import { arrayParameter, rowsParameter } from "./rows.ts";

/** Holds what a batch found bad, and lets go what it found good, gone or decided. */
export function saveQuarantine(
  tx: Transaction,
  changes: Changes,
  world: World,
): Promise<unknown>[] {
  const { now } = world;
  const work: Promise<unknown>[] = [];
  work.push(...followKeys(tx, changes, world));
  const heldHere = new Set(
    changes.quarantined.map(({ link, problem }) => `${link} ${problem.field}`),
  );
  const released = [...changes.released.values()];
  const isHeldHere = ({ link, field }: Place) => heldHere.has(`${link} ${field}`);
  // Another row may have the key of one that is gone by now, and be held in its place.
  const before = released.filter((place) => !isHeldHere(place));
  if (before.length > 0) work.push(letGo(tx, before, now));
  if (changes.quarantined.length > 0) {
    const at = { now, mapVersion: world.map.version };
    work.push(holdItems(tx, changes.quarantined, at));
  }
  // What was held and let go in one batch is not held after it.
  const after = released.filter(isHeldHere);
  if (after.length > 0) work.push(letGo(tx, after, now));
  if (changes.letGo.size > 0) {
    const places = [...changes.letGo].map(([link, { by, note }]) => ({ link, by, note }));
    work.push(
      tellIfLet(
        tx,
        tx`
      update quarantine q set state = 'resolved', released_at = ${now}, released_by = p.by,
        note = p.note
      from json_to_recordset(${rowsParameter(tx, places)}) as p(link uuid, by text, note text)
      where q.link = p.link and q.kind = 'delivery' and q.state = 'held'
      returning 1`,
      ),
    );
  }
  if (changes.decidedRows.size > 0) {
    const rows = [...changes.decidedRows].map(rowOfKey);
    work.push(endHeldRows(tx, rows, now));
  }
  if (changes.settled.size > 0) {
    // What a target did not take need not be taken any more.
    work.push(
      tellIfLet(
        tx,
        tx`
      update quarantine set state = 'resolved', released_at = ${now}, released_by = 'engine'
      where state = 'held' and kind = 'delivery'
        and link = any(${arrayParameter([...changes.settled])}::uuid[])
      returning 1`,
      ),
    );
  }
  return work;
}

type Place = { readonly link: string; readonly field: string };

function letGo(tx: Transaction, values: readonly Place[], now: string): Promise<unknown> {
  const places = values.map(({ link, field }) => ({ link, field }));
  return tellIfLet(
    tx,
    tx`
      update quarantine q set state = 'resolved', released_at = ${now}, released_by = 'engine'
      from json_to_recordset(${rowsParameter(tx, places)}) as p(link uuid, field text)
      where q.link = p.link and q.field = p.field and q.kind = 'value' and q.state = 'held'
      returning 1`,
  );
}

/**
 * What is held of a row whose key has changed is held under the new one: told once more, it is the
 * same item. Two rows may have exchanged their keys, so all leave their places first.
 */
function followKeys(tx: Transaction, { links }: Changes, world: World): Promise<unknown>[] {
  const moved = [...links.values()].flatMap(({ id, externalId }) => {
    const before = world.links.get(id)?.externalId ?? null;
    const isMoved = before !== null && externalId !== null && before !== externalId;
    return isMoved ? [{ link: id, externalId }] : [];
  });
  if (moved.length === 0) return [];
  const ids = arrayParameter(moved.map(({ link }) => link));
  return [
    tx`
      update quarantine set external_id = null
      where link = any(${ids}::uuid[]) and state = 'held'`,
    tx`
      update quarantine q set external_id = m."externalId"
      from json_to_recordset(${rowsParameter(tx, moved)}) as m(link uuid, "externalId" text)
      where q.link = m.link and q.state = 'held'`,
  ];
}
