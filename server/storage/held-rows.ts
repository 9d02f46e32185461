import { hash } from "node:crypto";
import type { Transaction } from "../../db/client.ts";
import type { QuarantineId } from "../core/ids.ts";
import type { Awaited } from "../core/mapping/refer.ts";
import type { Position } from "../core/position.ts";
import type { QuarantineItem } from "../core/reconcile/world.ts";
import { tellIfLet } from "./notify.ts";
import { type Refusal, refusalOf } from "./refusal.ts";
import { arrayParameter, rowsParameter } from "./rows.ts";

/** What of a moment an item in quarantine names. */
export type HeldAt = { readonly now: string; readonly mapVersion: number };

/** Holds items; a new failure of the same place replaces the one before. */
export async function holdItems(
  tx: Transaction,
  items: readonly QuarantineItem[],
  at: HeldAt,
): Promise<void> {
  const last = new Map(
    items.map((item) => {
      const { binding, externalId } = item.observation;
      return [`${binding}\n${externalId}\n${item.kind}\n${item.problem.field ?? ""}`, item];
    }),
  );
  const rows = [...last.values()].map(({ observation, problem, ...item }) => ({
    ...item,
    binding: observation.binding,
    system: observation.system,
    externalId: keptId(observation.externalId),
    field: problem.field,
    code: problem.code,
    message: problem.message,
    value: problem.value === null ? {} : { value: problem.value },
    ...awaitedBy(problem),
    // A row that cannot be named cannot be decided from here: its columns would be another's.
    columns: isNameable(observation.externalId) ? observation.columns : null,
    position: observation.position,
  }));
  await tx`
    insert into quarantine (id, kind, entity, record, link, binding, system, external_id, field,
      code, message, value, awaits_binding, awaits_id, columns, position, state, tries, held_at,
      map_version)
    select id, kind, entity, record, link, binding, system, "externalId", field, code, message,
      value, "awaitsBinding", "awaitsId", columns, position, 'held', 1, ${at.now},
      ${at.mapVersion}
    from json_to_recordset(${rowsParameter(tx, rows)}) as q(id uuid, kind text, entity text,
      record uuid, link uuid, binding text, system text, "externalId" text, field text, code text,
      message text, value jsonb, "awaitsBinding" text, "awaitsId" text, columns jsonb,
      position text)
    on conflict (binding, (coalesce(external_id, link::text)), kind, (coalesce(field, '')))
      where state = 'held'
    do update set record = excluded.record, link = excluded.link, code = excluded.code, message = excluded.message, value = excluded.value,
      awaits_binding = excluded.awaits_binding, awaits_id = excluded.awaits_id,
      columns = excluded.columns, position = excluded.position, tries = quarantine.tries + 1,
      map_version = excluded.map_version`;
}

/** What an item waits for, as its row says it: another one, whose coming decides it again. */
export function awaitedBy({ awaits }: { readonly awaits?: Awaited }) {
  if (awaits === undefined) return {};
  return { awaitsBinding: awaits.binding, awaitsId: awaits.row ?? awaits.record };
}

/** Holds a row that the hub cannot keep: with its columns where those can be kept. */
export async function holdRefused(
  tx: Transaction,
  item: Omit<QuarantineItem, "id" | "problem" | "kind">,
  held: HeldAt & { readonly id: string; readonly refusal: Refusal },
): Promise<void> {
  const problem = { field: null, ...held.refusal, value: null };
  const whole = { ...item, id: held.id as QuarantineId, kind: "row" as const, problem };
  try {
    await tx.savepoint((inner) => holdItems(inner, [whole], held));
  } catch (error) {
    if (refusalOf(error) === null) throw error;
    const { observation } = whole;
    const bare = { ...whole, observation: { ...observation, columns: {} } };
    await holdItems(tx, [bare], held);
    await tx`
      update quarantine set columns = null
      where binding = ${observation.binding} and external_id = ${keptId(observation.externalId)}
        and kind = 'row' and state = 'held'`;
  }
}

/** The rows wait as a whole no more: they were decided, or are gone. */
export async function endHeldRows(
  tx: Transaction,
  rows: readonly HeldRow[],
  now: string,
): Promise<void> {
  const places = placesOf(rows);
  await Promise.all([
    endGuessesAt(tx, places, now),
    tellIfLet(
      tx,
      tx`
    update quarantine set state = 'resolved', released_at = ${now}, released_by = 'engine'
    where state = 'held' and kind = 'row'
      and binding || E'\\n' || external_id = any(${places}::text[])
    returning 1`,
    ),
  ]);
}

export type HeldRow = { readonly binding: string; readonly externalId: string };

const placesOf = (rows: readonly HeldRow[]) =>
  arrayParameter(rows.map(({ binding, externalId }) => `${binding}\n${keptId(externalId)}`));

/**
 * It is known by now whose these rows are, which waited for a person: a call of unknown outcome
 * that seemed to have made one of them is over, and its place is looked at again.
 */
export async function endGuesses(
  tx: Transaction,
  rows: readonly HeldRow[],
  now: string,
): Promise<void> {
  await endGuessesAt(tx, placesOf(rows), now);
}

async function endGuessesAt(tx: Transaction, places: string, now: string): Promise<void> {
  await tx`
    with over as (
      delete from attempts a using quarantine q
      where q.state = 'held' and q.kind = 'row'
        and q.binding || E'\\n' || q.external_id = any(${places}::text[])
        and a.state = 'unknown' and a.binding = q.binding and a.external_id = q.external_id
      returning a.link)
    update deliveries set state = 'due', next_at = ${now}
    where state = 'sent' and link in (select link from over)`;
}

/**
 * Rows that waited and are nobody's, and are no longer there: all of their object was told anew,
 * and they were not.
 */
export async function endUntoldRows(
  tx: Transaction,
  binding: string,
  { before, now }: { readonly before: Position; readonly now: string },
): Promise<void> {
  await tellIfLet(
    tx,
    tx`
    update quarantine set state = 'resolved', released_at = ${now}, released_by = 'engine',
      note = 'The row is gone.'
    where state = 'held' and kind = 'row' and binding = ${binding} and record is null
      and (position is null or position collate "C" < ${before} collate "C")
    returning 1`,
  );
}

/** An index has no room for a longer one, and the binding's name stands beside it. */
const ID_BYTES_MAX = 2_000;

/** Can a row of this id be found by an index, and its id be kept as it is? */
export function isNameable(externalId: string): boolean {
  const isShort = externalId.length < ID_BYTES_MAX / 4;
  if (!isShort && Buffer.byteLength(externalId) > ID_BYTES_MAX) return false;
  return !externalId.includes("\0") && externalId.isWellFormed();
}

/** How the quarantine names a row: by its id, or by its beginning and a digest of it. */
function keptId(externalId: string): string {
  if (isNameable(externalId)) return externalId;
  const begins = externalId.slice(0, 100).replaceAll("\0", "").toWellFormed();
  return `${begins}… #${hash("sha256", externalId, "hex")}`;
}
