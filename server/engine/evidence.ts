import type { Transaction } from "../../db/client.ts";
import type { LinkId, RecordId } from "../core/ids.ts";
import type { NamedRow } from "../core/mapping/compile-binding.ts";
import type { Refer } from "../core/mapping/refer.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import type { Attempt } from "../core/reconcile/state.ts";
import { attemptKey, rowKey, type World } from "../core/reconcile/world.ts";
import { type Known, type LoadedRecords, loadRecords } from "../storage/load-records.ts";
import type { RecordCache } from "../storage/record-cache.ts";
import { findLetBe } from "../storage/rows-let-be.ts";
import {
  claimMatching,
  findAttempts,
  findKeyHolders,
  findLinkedRows,
  findMaking,
  findPastRows,
  findUnknown,
  type RowRef,
  type Unknown,
} from "../storage/world.ts";
import { type BoundChange, readOf } from "./observe.ts";
import { findNamed, leadOn, type NamedRecords, referTo, sentAsNow } from "./references.ts";
import { loadUnique } from "./unique-evidence.ts";

/** What the decisions of a few rows may see of the hub. */
export type Evidence = Omit<World, "map" | "now" | "loaded" | "clocks">;

/**
 * Rows of ours are being made, and nobody can tell yet which they are: nothing was committed, the
 * call's outcome comes first.
 */
export class OutcomePending extends Error {
  override readonly name = "OutcomePending";
}

/** The map by which they are decided, and what of the hub need not be read again. */
export type Knowing = { readonly map: CompiledMap; readonly recalled: Known | null };

/** Whose the rows are, and which of their events are of our own calls. */
export type Sought = {
  readonly linked: ReadonlyMap<string, RecordId>;
  readonly attempts: Awaited<ReturnType<typeof findAttempts>>;
  readonly unknown: Unknown;
};

/** @param records where a row that was seen lately need not be looked for */
export async function seekRows(
  tx: Transaction,
  system: string,
  rows: readonly BoundChange[],
  records: Pick<RecordCache, "recordAt">,
): Promise<Sought> {
  const known = new Map<string, RecordId>();
  const refs: RowRef[] = [];
  for (const [key, ref] of refsOf(rows)) {
    const record = records.recordAt(key);
    if (record === undefined) refs.push(ref);
    else known.set(key, record);
  }
  const [found, attempts, unknown] = await Promise.all([
    findLinkedRows(tx, refs),
    findAttempts(tx, system, transactionsOf(rows)),
    findUnknown(tx, system),
  ]);
  for (const [key, record] of found) known.set(key, record);
  return { linked: known, attempts, unknown };
}

/**
 * Loads what the rows' decisions may see, and holds it until the transaction ends.
 * @throws OutcomePending
 */
export async function loadEvidence(
  tx: Transaction,
  by: Knowing,
  rows: readonly BoundChange[],
  sought: Sought,
): Promise<Evidence> {
  const evidence = await loadSought(tx, by, rows, sought);
  if (!hasMoved(sought, evidence)) return evidence;
  // It was remembered as it stood before, or a person gave it to another record between our looking
  // and our holding its record.
  const linked = await findLinkedRows(tx, [...refsOf(rows).values()]);
  return await loadEvidence(tx, by, rows, { ...sought, linked });
}

/** Is one of the rows not the record's any more of which it was when it was looked for? */
function hasMoved({ linked }: Sought, { linkAt }: Evidence): boolean {
  return [...linked.keys()].some((key) => !linkAt.has(key));
}

async function loadSought(
  tx: Transaction,
  by: Knowing,
  rows: readonly BoundChange[],
  sought: Sought,
): Promise<Evidence> {
  const named = await findNamed(tx, rows.flatMap(namedBy));
  const known = { ...by, named };
  const unknown = unknownRows(rows, sought.linked);
  waitForOutcomes(unknown, sought.attempts.unplaced);
  const ours = unknown.filter((row) => isMadeByUs(sought, row));
  const others = unknown.filter((row) => !isMadeByUs(sought, row));
  const evidence = await loadApart(tx, { rows, sought, ours, others, known });
  // By far the most rows of ours still have their place: nobody need be kept from matching then.
  // Of two that were made for one place the second finds it taken, whatever became of the first.
  const places = new Set(ours.map((row) => ownAttempt(sought.attempts.byEvent, row)?.link));
  const isPlaced = (link: LinkId | undefined) =>
    link !== undefined && evidence.links.get(link)?.state === "pending";
  if (places.size === ours.length && [...places].every(isPlaced)) return evidence;
  return await loadApart(tx, { rows, sought, ours: [], others: unknown, known });
}

function isMadeByUs({ attempts }: Sought, row: BoundChange): boolean {
  return ownAttempt(attempts.byEvent, row)?.operation === "create";
}

type Apart = {
  readonly rows: readonly BoundChange[];
  readonly sought: Sought;
  /** Unknown rows that our own calls have made, each for a record's pending place. */
  readonly ours: readonly BoundChange[];
  /** Unknown rows that are to be matched. */
  readonly others: readonly BoundChange[];
  readonly known: Knowing & { readonly named: NamedRecords };
};

/** The rows that a row's references lead to. */
function namedBy({ rules, change }: BoundChange): readonly NamedRow[] {
  const { mapping } = rules;
  if (mapping.references.length === 0 || change.kind === "gone") return [];
  return mapping.namedRows(readOf(rules, change.columns), null);
}

async function loadApart(
  tx: Transaction,
  { rows, sought, ours, others, known }: Apart,
): Promise<Evidence> {
  const { linked, attempts } = sought;
  // One that is gone and nobody's may be getting somebody's at this moment: it is looked up too.
  const strays = rows.filter(
    ({ rules, change }) =>
      change.kind === "gone" && !linked.has(rowKey(rules.binding.id, change.externalId)),
  );
  const matched = [...others, ...strays];
  const unique = await loadUnique(tx, known.map, rows, referTo(known.named));
  const [past, matching] = await Promise.all([
    ours.length === 0 ? NO_PAST : findPastRows(tx, [...refsOf(ours).values()]),
    matched.length === 0 ? NO_MATCHING : loadMatching(tx, matched, referTo(known.named)),
  ]);
  const ids = new Set<RecordId>([...linked.values(), ...matching.linked.values(), ...past.left]);
  for (const id of [...matching.left, ...unique.records]) ids.add(id);
  for (const holders of matching.keyHolders.values()) for (const id of holders) ids.add(id);
  const guessed = guessedOf(rows, sought.unknown);
  for (const attempt of [...attempts.byEvent.values(), ...guessed.values()]) {
    ids.add(recordOf(attempt));
  }
  const { map, recalled, named } = known;
  const found = await loadRecords(tx, [...ids], {
    lock: true,
    ...(recalled === null ? {} : { known: recalled }),
  });
  // What rows mean that refer by a name which has changed is told by the names of today.
  const places = map.namings.size > 0;
  const { loaded, refer, named: holders } = await leadOn(tx, found, { rules: map, named, places });
  const strangers = others.filter((row) => ownAttempt(attempts.byEvent, row) === undefined);
  const making = await findMaking(tx, contestedPlaces(strangers, matching, loaded));
  if ([...making.values()].includes(null)) {
    throw new OutcomePending("A row came that may be the one which our own call is making.");
  }
  return {
    ...loaded,
    refer,
    ...(places ? { named: holders } : {}),
    attempts: await sentAsNow(tx, attempts.byEvent, map, loaded.records),
    unknown: sought.unknown.updates,
    guessed,
    keyHolders: new Map([...matching.keyHolders, ...unique.keyHolders]),
    wanting: unique.wanting,
    incarnations: new Map([...past.incarnations, ...matching.incarnations]),
    goneAt: new Map([...past.goneAt, ...matching.goneAt]),
    letBe: matching.letBe,
    making,
  };
}

/** Calls that seem to have made one of the rows. */
function guessedOf(rows: readonly BoundChange[], { guesses }: Unknown): Map<string, Attempt> {
  const guessed = new Map<string, Attempt>();
  if (guesses.size === 0) return guessed;
  for (const { rules, change } of rows) {
    const key = rowKey(rules.binding.id, change.externalId);
    const attempt = guesses.get(key);
    if (attempt !== undefined) guessed.set(key, attempt);
  }
  return guessed;
}

const recordOf = (attempt: Attempt): RecordId => (attempt as Attempt & { record: RecordId }).record;

/** Our own attempt whose event this change is; its row may have got another key by it. */
export function ownAttempt(
  attempts: ReadonlyMap<string, Attempt>,
  { rules, change }: BoundChange,
): Attempt | undefined {
  const { transaction, externalId } = change;
  if (transaction === null || attempts.size === 0) return undefined;
  const { id } = rules.binding;
  const before = change.kind === "row" ? (change.previousExternalId ?? externalId) : externalId;
  const attempt = attempts.get(attemptKey(transaction, id, before));
  if (attempt !== undefined || before === externalId) return attempt;
  return attempts.get(attemptKey(transaction, id, externalId));
}

/**
 * Rows that have to be matched: those without a link, and those whose id was another row's until
 * something earlier among these changes freed it. A row that got another id is whoever it was under
 * the one before, although a row of ours may stand at its new one until this transaction is over.
 */
export function unknownRows(
  rows: readonly BoundChange[],
  linked: ReadonlyMap<string, RecordId>,
): BoundChange[] {
  const freed = new Set<string>();
  const isUnknown = (key: string) => !linked.has(key) || freed.has(key);
  const unknown: BoundChange[] = [];
  for (const row of rows) {
    const { rules, change } = row;
    const key = rowKey(rules.binding.id, change.externalId);
    if (change.kind === "gone") {
      freed.add(key);
      continue;
    }
    const { previousExternalId } = change;
    const before =
      previousExternalId === undefined ? key : rowKey(rules.binding.id, previousExternalId);
    if (isUnknown(key) || isUnknown(before)) unknown.push(row);
    if (before !== key) freed.add(before);
  }
  return unknown;
}

/** A row that our own transaction made, whose key its call has not told us yet. */
function waitForOutcomes(unknown: readonly BoundChange[], unplaced: readonly Attempt[]): void {
  if (unplaced.length === 0) return;
  const open = new Set(unplaced.map(({ transaction, binding }) => `${transaction}\n${binding}`));
  const waits = unknown.some(({ rules, change }) =>
    open.has(`${change.transaction}\n${rules.binding.id}`),
  );
  if (waits) throw new OutcomePending("A row of ours came before its call's answer.");
}

/** Pending places of records that strange rows match: our own call may be making their row. */
function contestedPlaces(
  strangers: readonly BoundChange[],
  { keyHolders }: Matching,
  { links, linksOf }: LoadedRecords,
): LinkId[] {
  if (strangers.length === 0 || keyHolders.size === 0) return [];
  const bindings = new Set<string>(strangers.map(({ rules }) => rules.binding.id));
  const holders = new Set([...keyHolders.values()].flat());
  return [...holders]
    .flatMap((record) => linksOf.get(record) ?? [])
    .filter((id) => {
      const link = links.get(id);
      return link?.state === "pending" && bindings.has(link.binding);
    });
}

type Matching = {
  readonly linked: Map<string, RecordId>;
  readonly keyHolders: Map<string, RecordId[]>;
  readonly incarnations: Map<string, number>;
  readonly goneAt: NonNullable<World["goneAt"]>;
  readonly letBe: NonNullable<World["letBe"]>;
  /** Records whose rows they were until they left the scope. */
  readonly left: readonly RecordId[];
};

const NO_PAST: Pick<Matching, "incarnations" | "goneAt" | "left"> = {
  incarnations: new Map(),
  goneAt: new Map(),
  left: [],
};
const NO_MATCHING: Matching = {
  ...{ linked: new Map(), keyHolders: new Map(), letBe: new Map() },
  ...NO_PAST,
};

/** Who has the match keys of unknown rows. Looked up under a claim: nobody else looks meanwhile. */
async function loadMatching(
  tx: Transaction,
  unknown: readonly BoundChange[],
  refer: Refer,
): Promise<Matching> {
  const refs = [...refsOf(unknown).values()];
  await claimMatching(tx, [...new Set(unknown.map(({ rules }) => rules.binding.entity))]);
  // Who held the claim before may have linked some of them.
  const [linked, past, keyHolders, letBe] = await Promise.all([
    findLinkedRows(tx, refs),
    findPastRows(tx, refs),
    findKeyHolders(tx, keysOf(unknown, refer)),
    findLetBe(tx, refs),
  ]);
  return { linked, ...past, keyHolders, letBe };
}

function keysOf(unknown: readonly BoundChange[], refer: Refer) {
  const keys: { entity: string; key: string; value: string }[] = [];
  for (const { rules, change } of unknown) {
    if (change.kind !== "row" || rules.entity.matchKeys.length === 0) continue;
    const { fields } = rules.mapping.forward(readOf(rules, change.columns), null, refer);
    for (const key of rules.entity.matchKeys) {
      const value = key.valueOf((field) => fields[field]);
      if (value !== null) keys.push({ entity: rules.binding.entity, key: key.name, value });
    }
  }
  return keys;
}

/** By `rowKey`. */
function refsOf(rows: readonly BoundChange[]): Map<string, RowRef> {
  const refs = new Map<string, RowRef>();
  for (const { rules, change } of rows) {
    const binding = rules.binding.id;
    refs.set(rowKey(binding, change.externalId), { binding, externalId: change.externalId });
    if (change.kind === "row" && change.previousExternalId !== undefined) {
      const externalId = change.previousExternalId;
      refs.set(rowKey(binding, externalId), { binding, externalId });
    }
  }
  return refs;
}

function transactionsOf(rows: readonly BoundChange[]): string[] {
  const transactions = new Set<string>();
  for (const { change } of rows)
    if (change.transaction !== null) transactions.add(change.transaction);
  return [...transactions];
}
