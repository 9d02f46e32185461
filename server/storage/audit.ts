import { createHash, hash, randomBytes } from "node:crypto";
import type { Sql, Transaction } from "../../db/client.ts";
import type { AuditEntry } from "../core/audit/audit-entry.ts";
import { canonicalLine } from "../core/audit/canonical-line.ts";
import { arrayParameter } from "./rows.ts";

/** A chain that a transaction appends to. */
export type AuditChain = {
  readonly stream: string;
  /** Its end, where the transaction has locked it already; moved on with each append. */
  readonly head?: AuditHead;
};

export type AuditHead = { last: number; digest: string };

export type AuditContext = AuditChain & {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly mapVersion: number;
  readonly run: string | null;
};

const NO_DIGEST = "0".repeat(64);

/**
 * Appends lines to a stream's chain. The chain's head is locked until the transaction ends, so
 * that numbers have no gap and digests no fork.
 */
export async function appendAudit(
  tx: Transaction,
  entries: readonly AuditEntry[],
  context: AuditContext,
): Promise<void> {
  if (entries.length === 0) return;
  const head = context.head ?? (await lockHead(tx, context.stream));
  const chain = createHash("sha256").update(head.digest);
  // One draw for the batch: a salt is its line's own sixteen bytes of it.
  const salts = randomBytes(16 * entries.length);
  const { stream, at, mapVersion } = context;
  const first = head.last + 1;
  for (const [place, entry] of entries.entries()) {
    const salt = salts.toString("hex", place * 16, place * 16 + 16);
    const line = { ...entry, stream, number: first + place, at, mapVersion };
    chain.update(digestOf(salt, canonicalLine(line)));
  }
  head.last += entries.length;
  head.digest = chain.digest("hex");
  await insertLines(tx, { entries, salts }, context, { ...head, first });
}

type Lines = { readonly entries: readonly AuditEntry[]; readonly salts: Buffer };

/** What most lines of a batch have in common travels once, and each says which of it is its own. */
async function insertLines(
  tx: Transaction,
  { entries, salts }: Lines,
  { stream, at, mapVersion, run }: AuditContext,
  { first, last, digest }: AuditHead & { readonly first: number },
): Promise<void> {
  const column = (of: (entry: AuditEntry) => string | null) => arrayParameter(entries.map(of));
  const { shapes, places } = shapesOf(entries);
  const shared = (of: (shape: Shape) => string | null) =>
    tx`(${arrayParameter(shapes.map(of))}::text[])[shape]`;
  await tx`
    with batch as (
      insert into audit_batches (stream, first, last, digest, at)
      values (${stream}, ${first}, ${last}, decode(${digest}, 'hex'), ${at})),
    head as (
      update audit_heads set last = ${last}, digest = decode(${digest}, 'hex')
      where stream = ${stream})
    insert into audit_entries (stream, number, at, kind, actor, entity, record, link, system,
      field, before, after, losers, rule, cause, map_version, run, salt)
    select ${stream}, ${first}::bigint + place - 1, ${at}, ${shared(({ kind }) => kind)},
      ${shared(({ actor }) => actor)}, ${shared(({ entity }) => entity)}, record, link,
      ${shared(({ system }) => system)}, ${shared(({ field }) => field)}, before::jsonb,
      after::jsonb, losers::jsonb, ${shared(({ rule }) => rule)}, cause::jsonb, ${mapVersion},
      ${run}, substring(${salts}::bytea from (place::int - 1) * 16 + 1 for 16)
    from unnest(${arrayParameter(places)}::smallint[],
      ${column(({ record }) => record)}::uuid[], ${column(({ link }) => link)}::uuid[],
      ${column(({ before }) => json(before))}::text[],
      ${column(({ after }) => json(after))}::text[],
      ${column(({ losers }) => json(losers))}::text[],
      ${column(({ cause }) => JSON.stringify(cause))}::text[]) with ordinality
      as a(shape, record, link, before, after, losers, cause, place)`;
}

type Shape = Pick<AuditEntry, "kind" | "actor" | "entity" | "system" | "field" | "rule">;

/** The different shapes, and which of them each line has, counted from one. */
function shapesOf(entries: readonly AuditEntry[]) {
  const shapes: Shape[] = [];
  const known = new Map<string, number>();
  let last: Shape | undefined;
  let place = 0;
  const places = entries.map((entry) => {
    if (last !== undefined && isShape(last, entry)) return place;
    last = entry;
    const { kind, actor, entity, system, field, rule } = entry;
    const key = JSON.stringify([kind, actor, entity, system, field, rule]);
    place = known.get(key) ?? shapes.push(entry);
    known.set(key, place);
    return place;
  });
  return { shapes, places };
}

function isShape(shape: Shape, entry: Shape): boolean {
  return (
    shape.kind === entry.kind &&
    shape.field === entry.field &&
    shape.system === entry.system &&
    shape.actor === entry.actor &&
    shape.entity === entry.entity &&
    shape.rule === entry.rule
  );
}

/** JSON null and "nothing there" are two things. */
function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** Holds the end of a chain until the transaction ends. */
export async function lockHead(tx: Transaction, stream: string): Promise<AuditHead> {
  const [head] = await tx<AuditHead[]>`
    insert into audit_heads (stream, last, digest) values (${stream}, 0, decode(${NO_DIGEST}, 'hex'))
    on conflict (stream) do update set last = audit_heads.last
    returning last, encode(digest, 'hex') as digest`;
  if (head === undefined) throw new Error(`The audit chain ${stream} has no head.`);
  return head;
}

/** The salt keeps a short value from being guessed from its digest once it was erased. */
function digestOf(salt: string, line: string): string {
  return hash("sha256", salt + line, "hex");
}

export type ChainReport = {
  readonly streams: number;
  readonly lines: number;
  /** Sentences, empty where every chain is whole. */
  readonly problems: string[];
};

/** Reads every chain from its beginning and recomputes its digests, in pages. */
export async function verifyAuditChain(sql: Sql): Promise<ChainReport> {
  const heads = await sql<{ stream: string; last: number; digest: string }[]>`
    select stream, last, encode(digest, 'hex') as digest from audit_heads order by stream`;
  const problems: string[] = [];
  let lines = 0;
  for (const head of heads) {
    const report = await verifyStream(sql, head);
    lines += report.lines;
    problems.push(...report.problems);
  }
  return { streams: heads.length, lines, problems };
}

type Head = { readonly stream: string; readonly last: number; readonly digest: string };
type BatchRow = { first: number; last: number; digest: string };

/** How far a chain has been found whole. */
type Link = { readonly last: number; readonly digest: string };

async function verifyStream(sql: Sql, head: Head): Promise<{ lines: number; problems: string[] }> {
  let link: Link = { last: 0, digest: NO_DIGEST };
  const batches = sql<BatchRow[]>`
    select first, last, encode(digest, 'hex') as digest from audit_batches
    where stream = ${head.stream} and last <= ${head.last} order by first`.cursor(200);
  for await (const page of batches) {
    const from = page[0]?.first ?? 0;
    const digests = await digestsOf(sql, head.stream, from, page.at(-1)?.last ?? 0);
    for (const batch of page) {
      const next = verifyBatch(batch, link, digests);
      if (typeof next === "string") return broken(head, link.last, next);
      link = next;
    }
  }
  const whole = link.last === head.last && link.digest === head.digest;
  if (!whole) return broken(head, link.last, `its end is missing after line ${link.last}`);
  return { lines: link.last, problems: [] };
}

/** @returns the chain's end behind the batch, or what is wrong with it */
function verifyBatch(
  batch: BatchRow,
  link: Link,
  digests: ReadonlyMap<number, string>,
): Link | string {
  if (batch.first !== link.last + 1) {
    return `lines ${link.last + 1} to ${batch.first - 1} are missing`;
  }
  const chain = createHash("sha256").update(link.digest);
  for (let number = batch.first; number <= batch.last; number += 1) {
    const line = digests.get(number);
    if (line === undefined) return `line ${number} is missing`;
    chain.update(line);
  }
  const digest = chain.digest("hex");
  if (digest !== batch.digest) return `a line from ${batch.first} to ${batch.last} was altered`;
  return { last: batch.last, digest };
}

function broken(head: Head, lines: number, what: string) {
  return { lines, problems: [`Audit chain ${head.stream}: ${what}.`] };
}

async function digestsOf(
  sql: Sql,
  stream: string,
  from: number,
  to: number,
): Promise<Map<number, string>> {
  const rows = await sql<LineRow[]>`
    select stream, number, at, kind, actor, entity, record, link, system, field, losers, rule,
      cause, map_version as "mapVersion", encode(salt, 'hex') as salt,
      encode(digest, 'hex') as digest, before, after,
      concat(case when before is null then 'b' end, case when after is null then 'a' end) as missing
    from audit_entries where stream = ${stream} and number between ${from} and ${to}`;
  return new Map(
    rows.map(({ salt, digest, missing, before, after, losers, ...row }) => {
      const line = {
        ...row,
        ...(missing.includes("b") ? {} : { before }),
        ...(missing.includes("a") ? {} : { after }),
        ...(losers === null ? {} : { losers }),
      };
      // An erased line keeps its digest in the place of its values.
      return [row.number, digest ?? digestOf(salt, canonicalLine(line as never))];
    }),
  );
}

type LineRow = Omit<AuditEntry, "losers"> & {
  stream: string;
  number: number;
  at: string;
  mapVersion: number;
  salt: string;
  digest: string | null;
  missing: string;
  losers: AuditEntry["losers"] | null;
};
