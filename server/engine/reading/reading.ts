import type { Batch, Capture, CaptureStart, Lag, Row } from "../../connectors/connector.ts";
import type { RowHint } from "../../core/row-hint.ts";
import {
  type AnswerEntry,
  dueInbox,
  type InboxEntry,
  inboxBacklog,
  nextReading,
} from "../../storage/inbox.ts";
import { type EngineContext, nowOf } from "../context.ts";
import { type Found, type Reading, tellFound } from "./found.ts";
import { ReadingPlace } from "./place.ts";
import { RecentRows } from "./recent.ts";
import { Told } from "./told.ts";
import { ToldLately } from "./told-lately.ts";
import { WholeReads } from "./whole.ts";

/**
 * Puts what a system without a log tells into one order, so that the rest of the engine reads it as
 * if it were a log: the answers to our own writes, rows read because somebody hinted at them, what
 * it says has changed lately, and whole reads. All reads are made one after the other, by whoever
 * holds the lease of the system's reading.
 */
export async function openReading(
  context: EngineContext,
  reading: Reading,
  start: CaptureStart,
): Promise<Capture> {
  const place = ReadingPlace.at(start.from);
  const names = start.objects.map(({ name }) => name);
  // Before anything is read whole: what changes meanwhile is told afterwards.
  for (const name of names) {
    if (place.cursorOf(name) !== undefined) continue;
    place.move(name, (await reading.session.changed(name, null, 0)).cursor);
  }
  const now = () => context.clock.monotonicMs();
  const recent = new RecentRows(new ToldLately(reading.session.staleMs, now));
  const wholes = new WholeReads(context, reading, { place, recent });
  for (const { name, loadedAt } of start.objects) if (loadedAt === null) await wholes.begin(name);
  return new ReadingCapture(context, reading, { place, wholes, names, recent });
}

type Parts = {
  readonly place: ReadingPlace;
  readonly wholes: WholeReads;
  readonly names: readonly string[];
  readonly recent: RecentRows;
};

class ReadingCapture implements Capture {
  readonly #context: EngineContext;
  readonly #reading: Reading;
  readonly #place: ReadingPlace;
  readonly #wholes: WholeReads;
  readonly #names: readonly string[];
  readonly #recent: RecentRows;
  readonly #polls: Polls;
  /** Until then a read may show what was before something that another reader has told. */
  readonly #settledMs: number;
  #isWholeNext = true;

  constructor(context: EngineContext, reading: Reading, { place, wholes, names, recent }: Parts) {
    this.#context = context;
    this.#reading = reading;
    this.#place = place;
    this.#wholes = wholes;
    this.#names = names;
    this.#recent = recent;
    const { pace, staleMs } = reading.session;
    const now = context.clock.monotonicMs();
    this.#polls = new Polls(names, pace.pollMs, now);
    this.#settledMs = now + staleMs;
  }

  async next(options: {
    countMax: number;
    waitMs: number;
    signal: AbortSignal;
  }): Promise<Batch | null> {
    const { countMax, waitMs, signal } = options;
    if (signal.aborted) return null;
    const unsettledMs = this.#settledMs - this.#context.clock.monotonicMs();
    if (unsettledMs > 0) return await this.#answersAlone(options, unsettledMs);
    // Neither whole reads nor news hold the other up, however much there is of it.
    this.#isWholeNext = !this.#isWholeNext;
    const first = this.#isWholeNext ? await this.#wholes.next() : null;
    const news = first ?? (await this.#fromInbox(countMax)) ?? (await this.#poll(countMax));
    const batch = news ?? (this.#isWholeNext ? null : await this.#wholes.next());
    if (batch !== null) return batch;
    await this.#wholes.beginDue(this.#names);
    const restMs = this.#polls.restMs(this.#context.clock.monotonicMs());
    const soonMs = this.#wholes.isOver ? waitMs : this.#recent.againMs;
    await this.#reading.wait(Math.max(1, Math.min(waitMs, restMs, soonMs)), signal);
    return null;
  }

  async #answersAlone(
    { countMax, waitMs, signal }: Parameters<Capture["next"]>[0],
    unsettledMs: number,
  ): Promise<Batch | null> {
    const batch = await this.#fromInbox(countMax, isAnswer);
    if (batch !== null) return batch;
    await this.#reading.wait(Math.max(1, Math.min(waitMs, unsettledMs)), signal);
    return null;
  }

  /** Nothing is kept for us anywhere else. */
  acknowledge(): Promise<void> {
    return Promise.resolve();
  }

  /** Null until all that may have changed has been asked for once more. */
  async lag(): Promise<Lag | null> {
    if (!this.#polls.hasEnded()) return null;
    const { count, since } = await inboxBacklog(this.#context.sql, this.#reading.system);
    const ageMs = since === null ? 0 : Date.parse(nowOf(this.#context)) - Date.parse(since);
    return { bytes: count, seconds: Math.max(0, ageMs) / 1_000 };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** What is due of the inbox: answers as they are, hinted rows as they are now. */
  async #fromInbox(
    countMax: number,
    isMeant: (entry: InboxEntry) => boolean = () => true,
  ): Promise<Batch | null> {
    const { sql } = this.#context;
    const due = { now: nowOf(this.#context), countMax };
    const entries = (await dueInbox(sql, this.#reading.system, due)).filter(isMeant);
    if (entries.length === 0) return null;
    const told = new Told(this.#recent, await nextReading(sql));
    const bound = entries.filter(({ object }) => this.#names.includes(object));
    const answers = bound.filter(isAnswer);
    for (const answer of answers) told.answer(answer);
    const placed = answers.map(({ transaction }) => transaction);
    const hints = bound.filter((entry) => !isAnswer(entry));
    await this.#readHinted(told, hints, placed);
    const done = entries.map(({ number }) => number);
    return told.changes(this.#place.after(told.number), done);
  }

  async #readHinted(told: Told, hints: readonly RowHint[], placed: readonly string[]) {
    const { session } = this.#reading;
    for (const [object, of] of Map.groupBy(hints, (hint) => hint.object)) {
      const ids = [...new Set(of.map(({ externalId }) => externalId))];
      const begunMs = this.#context.clock.monotonicMs();
      const rows = await session.readByIds(object, ids);
      await this.#tell(told, { object, ids, rows, isWhole: false, begunMs, placed });
    }
  }

  /** What has changed lately of the next object, where it is time to ask. */
  async #poll(countMax: number): Promise<Batch | null> {
    const object = this.#polls.next(this.#context.clock.monotonicMs());
    if (object === undefined) return null;
    const before = this.#place.cursorOf(object) ?? null;
    const begunMs = this.#context.clock.monotonicMs();
    const asked = await this.#reading.session.changed(object, before, countMax);
    const { hints, cursor, more } = asked;
    const isNews = ({ externalId, columns }: Row) =>
      this.#recent.isNews(object, externalId, columns);
    const rows = asked.rows.filter(isNews);
    if (!more) {
      this.#recent.endRound(object);
      this.#polls.done(object);
    }
    if (rows.length + hints.length === 0 && cursor === before) return null;
    const told = new Told(this.#recent, await nextReading(this.#context.sql));
    const ids = rows.map(({ externalId }) => externalId);
    await this.#tell(told, { object, ids, rows, isWhole: false, begunMs });
    const hinted = hints.map((externalId) => ({ object, externalId }));
    await this.#readHinted(told, hinted, []);
    this.#place.move(object, cursor);
    return told.changes(this.#place.after(told.number), []);
  }

  async #tell(told: Told, found: Found): Promise<void> {
    const { object } = found;
    const unplaced = await tellFound(this.#context, this.#reading, told, found);
    for (const externalId of unplaced) told.again({ object, externalId });
  }
}

const isAnswer = (entry: InboxEntry): entry is AnswerEntry => entry.kind === "answer";

/** Rounds of asking each object what has changed. */
class Polls {
  readonly #names: readonly string[];
  readonly #everyMs: number | null;
  #left: string[] = [];
  #nextAt: number;
  #hasEnded = false;

  /** @param now on the engine's own clock, in milliseconds */
  constructor(names: readonly string[], everyMs: number | null, now: number) {
    this.#names = names;
    this.#everyMs = everyMs;
    this.#nextAt = now;
  }

  next(now: number): string | undefined {
    if (this.#left.length === 0 && this.#everyMs !== null && now >= this.#nextAt) {
      this.#left = [...this.#names];
      this.#nextAt = now + this.#everyMs;
    }
    return this.#left[0];
  }

  done(object: string): void {
    this.#left = this.#left.filter((one) => one !== object);
    if (this.#left.length === 0) this.#hasEnded = true;
  }

  restMs(now: number): number {
    return this.#everyMs === null ? Number.POSITIVE_INFINITY : this.#nextAt - now;
  }

  /** Has a round ended since this was asked last? */
  hasEnded(): boolean {
    const has = this.#hasEnded || this.#everyMs === null;
    this.#hasEnded = false;
    return has;
  }
}
