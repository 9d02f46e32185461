import type { Position } from "../../../core/position.ts";
import { FailureError } from "../../../core/run/failure.ts";
import { placeOf } from "../../capture-place.ts";
import type { Batch, Capture, CaptureStart, Change } from "../../connector.ts";
import { placeLost } from "../../place-lost.ts";
import type { Server } from "../connection.ts";
import { failureOf } from "../failures.ts";
import { Inbox } from "./inbox.ts";
import { Loads } from "./loads.ts";
import { bytesBetween, type Lsn, lsnOf, lsnOfPosition, positionAt } from "./log-position.ts";
import { LogReader, type Unit } from "./log-reader.ts";
import { LogStream } from "./log-stream.ts";
import { publicationName, slotName } from "./names.ts";
import { preparePublication, publishedTables } from "./publication.ts";
import { Shapes } from "./shapes.ts";
import { prepareSlot } from "./slot.ts";
import { streamFailure } from "./stream-failure.ts";
import { widenTransactionIds } from "./transaction-ids.ts";

/** Foreign traffic moves the hub's position when so much of it has passed, and not more often. */
const IDLE_BYTES_MIN = 1024 * 1024;
const IDLE_MS_MIN = 1_000;
/** How often the catalog is looked at for changes that no row has shown yet. */
const LOOK_MS_MIN = 5_000;

/**
 * Starts to read the changes of a database.
 * @throws FailureError when it cannot be reached, lacks a right, or our place in its log is lost.
 */
export async function openCapture(
  server: Server,
  hub: string,
  start: CaptureStart,
): Promise<Capture> {
  const publication = publicationName(hub);
  const slot = slotName(hub, server.access.database);
  try {
    const isNew = (await publishedTables(server.query, publication)) === null;
    if (isNew && placeOf(start) !== null) {
      throw placeLost("log", `Publication ${publication} was removed from the source.`);
    }
    const shapes = new Shapes(server.query, publication);
    const news = await shapes.find(start);
    await preparePublication(server.query, publication, shapes.tables);
    const from = await prepareSlot(server, slot, { from: placeOf(start), isNew });
    const capture = new PostgresCapture({ server, hub, start, shapes, from });
    capture.tell(news);
    await capture.open({ slot, publication, from });
    return capture;
  } catch (error) {
    throw streamFailure(error, slot) ?? failureOf(error, server.access);
  }
}

/** Changes of one database, pulled from its log. */
export class PostgresCapture implements Capture {
  readonly #server: Server;
  readonly #slot: string;
  readonly #shapes: Shapes;
  readonly #inbox = new Inbox();
  readonly #loads: Loads;
  /** What was told before the place at which the stream begins anew. */
  readonly #from: Position;
  #reader: LogReader | null = null;
  #stream: LogStream | null = null;
  #failure: Error | null = null;
  #wake: (() => void) | null = null;
  /** Changes of shapes that wait to be told. */
  #news: Change[] = [];
  /** Up to here everything was given out; what the hub has committed of it. */
  #told: Position;
  #acknowledged: Position;
  /** Batches that are not acknowledged yet, with the time of their oldest commit. */
  #open: { readonly position: Position; readonly at: string | null }[] = [];
  #sent: Lsn;
  /** Where the log ended when the lag was measured last. */
  #endBefore: Lsn | null = null;
  #idleTold = performance.now();
  #looked = performance.now();
  #wasPage = false;
  #isClosed = false;

  constructor(options: {
    server: Server;
    hub: string;
    start: CaptureStart;
    shapes: Shapes;
    from: Lsn;
  }) {
    const { server, hub, start, shapes, from } = options;
    this.#server = server;
    this.#slot = slotName(hub, server.access.database);
    this.#shapes = shapes;
    this.#from = placeOf(start) ?? positionAt(from, 0);
    this.#told = this.#from;
    this.#acknowledged = this.#from;
    this.#sent = from;
    this.#loads = new Loads({
      server,
      hub,
      loaded: start.objects,
      tables: shapes.tables,
      onNews: () => this.#wakeUp(),
      onFailure: (error) => this.#fail(error),
    });
  }

  async open(start: { slot: string; publication: string; from: Lsn }): Promise<void> {
    const reader = new LogReader({
      relationOf: (message) => this.#shapes.relationOf(message),
      onUnit: (unit) => this.#receive(unit),
      fullId: await widenTransactionIds(this.#server.query),
    });
    this.#reader = reader;
    const { access, config } = this.#server;
    this.#stream = await LogStream.open(access, config, start, {
      onMessage: (buffer, at, end) => reader.read(buffer, at, end),
      onKeepalive: (sent) => this.#keepAlive(sent),
      onEnd: (error) => this.#fail(error),
    });
    this.#loads.start();
  }

  /** Changes that were read and not asked for yet. */
  get queued(): number {
    return this.#inbox.changes;
  }

  tell(news: Awaited<ReturnType<Shapes["look"]>>): void {
    for (const { object, schema } of news) {
      this.#news.push({ kind: "schema", object, schema, position: this.#told });
    }
    if (news.length > 0) this.#wakeUp();
  }

  async next(options: {
    countMax: number;
    waitMs: number;
    signal: AbortSignal;
  }): Promise<Batch | null> {
    const until = performance.now() + options.waitMs;
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      if (options.signal.aborted) return null;
      const batch = this.#take(options.countMax);
      if (batch !== null) return batch;
      this.#lookAgain();
      const waitMs = until - performance.now();
      if (waitMs <= 0) return null;
      await this.#waitForNews(Math.min(waitMs, IDLE_MS_MIN), options.signal);
    }
  }

  acknowledge(position: Position): Promise<void> {
    // A snapshot's place is no place of the stream: other changes may lie before it.
    if (position > this.#told || position <= this.#acknowledged) return Promise.resolve();
    this.#acknowledged = position;
    let done = 0;
    while ((this.#open[done]?.position ?? "~") <= position) done += 1;
    this.#open.splice(0, done);
    this.#stream?.confirm(lsnOfPosition(position));
    return Promise.resolve();
  }

  async lag(): Promise<{ bytes: number; seconds: number | null }> {
    const [[end, now] = []] = await this.#server.query(
      "select pg_current_wal_flush_lsn(), extract(epoch from clock_timestamp()) * 1000",
    );
    const isEven =
      this.#inbox.isEmpty &&
      this.#acknowledged === this.#told &&
      this.#reader?.isInTransaction === false;
    const reached = lsnOfPosition(this.#acknowledged);
    const place = isEven && this.#sent > reached ? this.#sent : reached;
    const bytes = bytesBetween(place, lsnOf(end ?? "0/0"));
    // A stream that is silent may be cut: only what it has passed is known to hold nothing for us.
    const hasPassed = this.#endBefore !== null && bytesBetween(place, this.#endBefore) <= 0;
    this.#endBefore = lsnOf(end ?? "0/0");
    const oldest = this.#open.find((batch) => batch.at !== null)?.at ?? this.#inbox.oldestAt;
    if (oldest === null) return { bytes, seconds: isEven && hasPassed ? 0 : null };
    return { bytes, seconds: Math.max(0, (Number(now) - Date.parse(oldest)) / 1000) };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stream?.close();
    await this.#loads.close();
    this.#fail(new FailureError({ kind: "unreachable", detail: "The capture was closed." }));
  }

  #receive(unit: Unit): void {
    const changes = unit.changes.filter((change) => this.#isNew(change));
    if (changes.length === 0) {
      this.#keepAlive(lsnOfPosition(unit.end));
      return;
    }
    this.#inbox.push({ ...unit, changes });
    if (this.#inbox.isFull || this.#loads.isFull) this.#stream?.pause();
    this.#wakeUp();
  }

  /** A transaction that was cut is sent again whole: its told part is left out. */
  #isNew(change: Change): boolean {
    return change.position > this.#from || change.kind === "schema";
  }

  #keepAlive(sent: Lsn): void {
    if (this.#reader?.isInTransaction !== false) return;
    if (sent > this.#sent) this.#sent = sent;
    this.#wakeUp();
  }

  #take(countMax: number): Batch | null {
    if (this.#news.length > 0) {
      const changes = this.#news;
      this.#news = [];
      return { kind: "changes", changes, position: this.#told };
    }
    this.#wasPage = !this.#wasPage;
    if (this.#wasPage) return this.#takePage() ?? this.#takeChanges(countMax);
    return this.#takeChanges(countMax) ?? this.#takePage();
  }

  #takePage(): Batch | null {
    const page = this.#loads.take(this.#told);
    if (page !== null && !this.#loads.isFull && this.#inbox.hasRoom) this.#stream?.resume();
    return page;
  }

  #takeChanges(countMax: number): Batch | null {
    while (!this.#loads.isFull) {
      const taken = this.#inbox.take(countMax);
      if (taken === null) return this.#takeIdle();
      if (this.#inbox.hasRoom) this.#stream?.resume();
      const changes = this.#loads.sort(taken.changes);
      this.#told = taken.position;
      if (changes.length > 0) return this.#give(changes);
    }
    return null;
  }

  #give(changes: readonly Change[]): Batch {
    const [first] = changes;
    const at = first === undefined || first.kind === "schema" ? null : first.at;
    this.#open.push({ position: this.#told, at });
    return { kind: "changes", changes, position: this.#told };
  }

  /**
   * Only foreign traffic has passed, or what a first reading has told already: the position moves,
   * so that the source forgets its log, and nothing seems to be left.
   */
  #takeIdle(): Batch | null {
    const passed = bytesBetween(lsnOfPosition(this.#told), this.#sent);
    const isLeft = this.#open.length === 0 && this.#told > this.#acknowledged;
    if (!isLeft && passed < IDLE_BYTES_MIN) return null;
    if (performance.now() - this.#idleTold < IDLE_MS_MIN) return null;
    if (this.#reader?.isInTransaction !== false) return null;
    this.#idleTold = performance.now();
    if (passed > 0) this.#told = positionAt(this.#sent, 0);
    return this.#give([]);
  }

  #lookAgain(): void {
    if (performance.now() - this.#looked < LOOK_MS_MIN) return;
    this.#looked = performance.now();
    this.#shapes.look().then(
      (news) => this.tell(news),
      (error: unknown) => this.#fail(failureOf(error, this.#server.access)),
    );
  }

  async #waitForNews(waitMs: number, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      const wake = (): void => resolve();
      this.#wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      signal.addEventListener("abort", wake, { once: true });
    });
    this.#wakeUp();
  }

  #wakeUp(): void {
    const wake = this.#wake;
    this.#wake = null;
    wake?.();
  }

  #fail(error: Error): void {
    if (this.#failure === null) {
      this.#failure = streamFailure(error, this.#slot) ?? failureOf(error, this.#server.access);
    }
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#stream?.close();
      this.#loads.close().catch(() => undefined);
    }
    this.#wakeUp();
  }
}
