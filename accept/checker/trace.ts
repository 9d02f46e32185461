import type { HubLog, Line } from "./hub-log.ts";
import type { JournalEntry } from "./journal.ts";
import { placesOf } from "./places.ts";
import type { SystemRows } from "./sandbox-rows.ts";

/** What the audit log and the systems say of the editors' journals. Each problem is a sentence. */
export type Trace = {
  readonly entries: number;
  /** Edits that nothing tells of, or that were overtaken by an older one. */
  readonly lost: readonly string[];
  /** Edits that had an effect twice. */
  readonly doubled: readonly string[];
  /** Hub values that the log does not lead to. */
  readonly unexplained: readonly string[];
};

export type Story = {
  readonly journal: readonly JournalEntry[];
  readonly log: HubLog;
  /** The hub's and the systems' rows before the first and after the last edit. */
  readonly before: readonly SystemRows[];
  readonly after: readonly SystemRows[];
};

/**
 * Follows every edit of the journals to its end: it stands, a later one took its place, or it is
 * a loser in the audit log or an open question. Pure.
 */
export function traceJournal(story: Story): Trace {
  const { journal, log, before, after } = story;
  return {
    entries: journal.length,
    lost: [...untold(journal, log.lines), ...overtaken(story), ...wrongSums(story)],
    doubled: [...toldTwice(log.lines), ...log.doubled],
    unexplained: [...brokenPaths(log.lines, { before, after })],
  };
}

const placeOf = ({ entity, key, field }: Pick<Line, "entity" | "key" | "field">) =>
  `${entity} ${key} ${field}`;

/** Every value that an editor set was told by a line of its system. */
function* untold(journal: readonly JournalEntry[], lines: readonly Line[]): Generator<string> {
  const told = timesTold(lines);
  const goesBack = returns(lines);
  for (const entry of journal) {
    if (entry.kind === "delta") continue;
    // Rows that several systems make at once tell equal values once.
    const mayBeSilent = entry.kind === "insert" || goesBack(entry);
    const key = JSON.stringify([placeOf(entry), `system:${entry.system}`, entry.value]);
    const left = told.get(key) ?? 0;
    if (left > 0) told.set(key, left - 1);
    else if (!mayBeSilent) {
      yield `${placeOf(entry)} = ${JSON.stringify(entry.value)} of ${entry.system} is nowhere`;
    }
  }
}

/** By place, system and value: how often the lines tell it. */
function timesTold(lines: readonly Line[]): Map<string, number> {
  const told = new Map<string, number>();
  for (const line of lines) {
    for (const { from, value } of edits(line)) {
      const key = JSON.stringify([placeOf(line), from, value]);
      told.set(key, (told.get(key) ?? 0) + 1);
    }
  }
  return told;
}

/**
 * Tells edits of a field that was asked, back to a value that the system had before: it asks for
 * nothing any more, and its candidate is withdrawn.
 */
function returns(lines: readonly Line[]): (entry: JournalEntry) => boolean {
  const held = new Set<string>();
  const known = new Set<string>();
  const of = (line: Pick<Line, "entity" | "key" | "field" | "system">, value?: string | null) =>
    JSON.stringify([placeOf(line), line.system, value]);
  for (const line of lines) {
    if (line.kind === "held") held.add(of(line));
    known.add(of(line, line.before)).add(of(line, line.after));
  }
  return (entry) => held.has(of(entry)) && known.has(of(entry, entry.value));
}

/** The values of systems that a line tells, accepted or refused. */
function edits({
  kind,
  actor,
  after,
  losers,
  rule,
}: Line): { from: string; value: string | null }[] {
  switch (kind) {
    case "created":
    case "converged":
      return [{ from: actor, value: after }];
    case "accepted":
      return rule === "sum-of-deltas" ? [] : [{ from: actor, value: after }];
    case "rejected":
    case "kept-apart":
    case "held":
      return losers.slice(0, 1);
    default:
      return [];
  }
}

/** Half a minute of doubt would hide a bug; clocks of one machine are far better than this. */
const CLOCK_DOUBT_MS = 1_000;

/** Fields whose newest edit by one of these systems must stand, where no person decided. */
const NEWEST: Readonly<Record<string, readonly string[]>> = {
  price: ["erp"],
  origin: ["erp", "shop", "crm"],
  phone: ["erp", "shop", "crm"],
};

function* overtaken({ journal, log, after }: Story): Generator<string> {
  const lines = Map.groupBy(log.lines, placeOf);
  const toldOf = (place: string) => (lines.get(place) ?? []).map(wordsOf);
  const decided = new Set(log.lines.filter((l) => l.kind === "resolved").map(placeOf));
  for (const { place, entries, final } of placesOf(journal, after)) {
    const [first] = entries;
    const owners = first === undefined ? undefined : NEWEST[first.field];
    if (owners === undefined || decided.has(place)) continue;
    const own = entries.filter(({ system, kind }) => owners.includes(system) && kind !== "delta");
    const stands = own.filter(({ value }) => value === final);
    const standsUntil = Math.max(...stands.map(({ endedAt }) => endedAt));
    // In a question the last edit of a system takes the place of those before it.
    const later = own.findLast(({ startedAt }) => startedAt > standsUntil + CLOCK_DOUBT_MS);
    const story = [...own.map(writtenWords), ...toldOf(place)].join("; ");
    if (stands.length === 0 && own.length > 0) {
      yield `${place} is ${JSON.stringify(final)}, which no owner wrote (${story})`;
    } else if (later !== undefined && !isAsked(log, later)) {
      const wrote = `${later.system} wrote ${later.value} later`;
      yield `${place} is ${JSON.stringify(final)}, and ${wrote} (${story})`;
    }
  }
}

/** Stamps too near to each other for the clocks are asked; then the edit waits in the queue. */
function isAsked({ questions }: HubLog, { entity, key, field, system, value }: JournalEntry) {
  return questions.some(
    (one) =>
      placeOf(one) === placeOf({ entity, key, field }) &&
      one.candidates.some((c) => c.from === `system:${system}` && c.value === value),
  );
}

/** A counter is what it was, and all that was added to it anywhere. */
function* wrongSums({ journal, log, before, after }: Story): Generator<string> {
  const lines = Map.groupBy(log.lines, placeOf);
  const deltas = journal.filter(({ kind }) => kind === "delta");
  const starts = new Map(placesOf(journal, before).map(({ place, final }) => [place, final]));
  const made = new Map(
    journal.filter((one) => one.kind === "insert").map((one) => [placeOf(one), one.value]),
  );
  for (const { place, entries, final } of placesOf(deltas, after)) {
    const start = starts.get(place) ?? made.get(place) ?? "0";
    const added = entries.reduce((sum, { value }) => sum + Number(value), 0);
    const expected = String(Number(start) + added);
    if (final === expected) continue;
    const edits = entries.map(({ system, value }) => `${system} ${value}`).join(", ");
    const told = (lines.get(place) ?? []).map(wordsOf).join("; ");
    yield `${place} is ${final} and should be ${start} + ${added} (${edits}); told: ${told}`;
  }
}

/** "crm +49 30 155911 16:18:02.117 to 16:18:02.121" */
function writtenWords({ system, value, startedAt, endedAt }: JournalEntry): string {
  return `${system} ${value} ${clockTime(startedAt)} to ${clockTime(endedAt)}`;
}

const clockTime = (at: string | number): string => new Date(at).toISOString().slice(11, -1);

/** "16:18:02.117 accepted sum-of-deltas shop 12 → 15" */
function wordsOf({ at, kind, rule, actor, system, before, after, losers }: Line): string {
  const lost = losers.map(({ from, value }) => ` beat ${value} of ${from}`).join("");
  return `${clockTime(at)} ${kind} ${rule} by ${actor} at ${system} ${before} → ${after}${lost}`;
}

/** One event of a source, or one new row, that is told more than once. */
function* toldTwice(lines: readonly Line[]): Generator<string> {
  const once = new Set(["accepted", "rejected", "kept-apart", "held", "converged", "stored"]);
  const seen = new Set<string>();
  for (const line of lines) {
    const { kind, system, position, record, field, stream } = line;
    const isRow = kind === "row-created" || kind === "created";
    if (!isRow && !(once.has(kind) && position !== null && stream.startsWith("capture:"))) continue;
    const name = JSON.stringify([kind, isRow ? null : position, system, record, field]);
    if (seen.has(name)) yield `${placeOf(line)}: ${kind} twice from ${system} at ${position}`;
    seen.add(name);
  }
}

const MOVES = new Set(["accepted", "resolved", "set"]);

/** From the first value to the last one the lines make one way, without a gap. */
function* brokenPaths(
  lines: readonly Line[],
  { before, after }: Pick<Story, "before" | "after">,
): Generator<string> {
  const moves = lines.filter(({ kind, field }) => MOVES.has(kind) && field !== null);
  const first = hubValues(before);
  for (const line of lines) if (line.kind === "created") first.set(placeOf(line), line.after);
  const last = hubValues(after);
  for (const [place, of] of Map.groupBy(moves, placeOf)) {
    const balance = new Map<string | null, number>();
    const move = (value: string | null, by: number) =>
      balance.set(value, (balance.get(value) ?? 0) + by);
    for (const one of of) {
      move(one.before, 1);
      move(one.after, -1);
    }
    move(first.get(place) ?? null, -1);
    move(last.get(place) ?? null, 1);
    const gaps = [...balance].filter(([, sum]) => sum !== 0).map(([value]) => value);
    if (gaps.length > 0) yield `${place}: the log has a gap at ${JSON.stringify(gaps)}`;
  }
}

function hubValues(all: readonly SystemRows[]): Map<string, string | null> {
  const values = new Map<string, string | null>();
  for (const { system, entity, rows } of all) {
    if (system !== "hub") continue;
    for (const [key, fields] of rows) {
      for (const [field, value] of Object.entries(fields)) {
        values.set(placeOf({ entity, key, field }), value);
      }
    }
  }
  return values;
}
