import type { Duplex } from "node:stream";
import type { ClientConfig } from "pg";
import pg from "pg";
import { FailureError } from "../../../core/run/failure.ts";
import { failureOf } from "../failures.ts";
import type { Access } from "../settings.ts";
import { quoteName, quoteText } from "../sql.ts";
import { LSN_START, type Lsn, lsnOfHalves, lsnText } from "./log-position.ts";

/** Well within the time (a minute by default) after which a server gives up a silent reader. */
const STATUS_INTERVAL_MS = 2_000;

/** How long the server bears our silence: a hub that is busy pauses the reading. */
const SENDER_TIMEOUT = "60s";

const MESSAGE = { data: 0x64, copyBoth: 0x57, error: 0x45, copyDone: 0x63 } as const;
const LOG_DATA = 0x77;
const KEEPALIVE = 0x6b;
/** Kind of message and length; then the kind of log message, two places and a time. */
const LOG_DATA_HEADER = 5 + 1 + 8 + 8 + 8;

export type LogStreamEvents = {
  /** One message of the output plug-in. A promise stops the reading until it is done. */
  onMessage(buffer: Buffer, start: number, end: number): Promise<void> | null;
  /** Everything before this place has been sent. */
  onKeepalive(sent: Lsn): void;
  /** The stream has ended by itself; nothing comes any more. */
  onEnd(error: Error): void;
};

export type LogStreamStart = {
  readonly slot: string;
  readonly publication: string;
  readonly from: Lsn;
};

/** A connection in replication mode, past its sign-in. */
export async function connectReplication(access: Access, base: ClientConfig): Promise<pg.Client> {
  const config: ClientConfig & { replication: string } = {
    ...base,
    replication: "database",
    pipeline: false,
    options: `${base.options ?? ""} -c wal_sender_timeout=${SENDER_TIMEOUT}`,
  };
  const { query_timeout: _, ...unbounded } = config;
  const client = new pg.Client(unbounded);
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw failureOf(error, access);
  }
  return client;
}

/**
 * Reads a slot's stream straight from the socket. Keepalives are answered at once, also while
 * reading is paused, and only what `confirm` says is reported as ours.
 */
export class LogStream {
  readonly #access: Access;
  readonly #client: pg.Client;
  readonly #socket: Duplex;
  readonly #events: LogStreamEvents;
  readonly #timer: NodeJS.Timeout;
  #confirmed: Lsn = LSN_START;
  #received: Lsn = LSN_START;
  /** Bytes that came and are not read yet, in pieces; `#needed` is how many the next one takes. */
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #needed = 5;
  #isPaused = false;
  #isWaiting = false;
  #isClosed = false;
  #onStarted: ((error: Error | null) => void) | null = null;

  private constructor(access: Access, client: pg.Client, events: LogStreamEvents) {
    this.#access = access;
    this.#client = client;
    this.#socket = client.connection.stream;
    this.#events = events;
    this.#timer = setInterval(() => this.#sendStatus(), STATUS_INTERVAL_MS);
    this.#timer.unref();
  }

  /**
   * Starts the stream of a slot.
   * @throws pg.DatabaseError as the server refuses, FailureError when it cannot be reached.
   */
  static async open(
    access: Access,
    base: ClientConfig,
    start: LogStreamStart,
    events: LogStreamEvents,
  ): Promise<LogStream> {
    const client = await connectReplication(access, base);
    const stream = new LogStream(access, client, events);
    try {
      await stream.#start(start);
    } catch (error) {
      stream.close();
      throw error;
    }
    return stream;
  }

  #start(start: LogStreamStart): Promise<void> {
    this.#confirmed = start.from;
    this.#received = start.from;
    // From here on the socket is ours: the client's own parser would copy every message.
    this.#socket.removeAllListeners("data");
    this.#socket.on("data", (piece: Buffer) => this.#receive(piece));
    this.#client.removeAllListeners("error");
    this.#client.on("error", (error: Error) => this.#end(failureOf(error, this.#access)));
    this.#client.on("end", () => this.#end(this.#lost()));
    const options = `proto_version '1', publication_names ${quoteText(quoteName(start.publication))}`;
    return new Promise((resolve, reject) => {
      this.#onStarted = (error) => (error === null ? resolve() : reject(error));
      this.#client.connection.query(
        `START_REPLICATION SLOT ${quoteName(start.slot)} LOGICAL ${lsnText(start.from)} (${options})`,
      );
    });
  }

  /** Everything up to here is committed in the hub: the source may forget it. */
  confirm(lsn: Lsn): void {
    if (lsn <= this.#confirmed) return;
    this.#confirmed = lsn;
    if (lsn > this.#received) this.#received = lsn;
    this.#sendStatus();
  }

  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#tryRead();
    if (!this.#isPaused && !this.#isWaiting) this.#socket.resume();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#pieces = [];
    // Leaving the copy mode politely would mean to read what is still under way.
    this.#socket.destroy();
  }

  #receive(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#pieceBytes += piece.length;
    this.#tryRead();
  }

  #tryRead(): void {
    try {
      this.#read();
    } catch (error) {
      this.#end(failureOf(error, this.#access));
    }
  }

  /** Reads the whole messages that have come, unless something waits. */
  #read(): void {
    if (this.#isHalted || this.#pieceBytes < this.#needed) return;
    const [first] = this.#pieces;
    const buffer =
      this.#pieces.length === 1 && first !== undefined ? first : Buffer.concat(this.#pieces);
    let at = 0;
    let end = endOfMessage(buffer, at);
    while (end <= buffer.length && !this.#isHalted) {
      const waiting = this.#readMessage(buffer, at, end);
      at = end;
      end = endOfMessage(buffer, at);
      if (waiting !== null) this.#wait(waiting);
    }
    this.#needed = end - at;
    this.#pieces = at === buffer.length ? [] : [buffer.subarray(at)];
    this.#pieceBytes = buffer.length - at;
  }

  get #isHalted(): boolean {
    return this.#isWaiting || this.#isPaused || this.#isClosed;
  }

  #wait(work: Promise<void>): void {
    this.#isWaiting = true;
    this.#socket.pause();
    work.then(
      () => {
        this.#isWaiting = false;
        if (!this.#isPaused) this.resume();
      },
      (error: unknown) => this.#end(failureOf(error, this.#access)),
    );
  }

  #readMessage(buffer: Buffer, start: number, end: number): Promise<void> | null {
    switch (buffer[start]) {
      case MESSAGE.data:
        return this.#readData(buffer, start, end);
      case MESSAGE.copyBoth:
        this.#onStarted?.(null);
        this.#onStarted = null;
        return null;
      case MESSAGE.error:
        this.#end(serverError(buffer, start + 5, end));
        return null;
      case MESSAGE.copyDone:
        this.#end(this.#lost());
        return null;
      default:
        return null;
    }
  }

  #readData(buffer: Buffer, start: number, end: number): Promise<void> | null {
    const kind = buffer[start + 5];
    if (kind === LOG_DATA) return this.#events.onMessage(buffer, start + LOG_DATA_HEADER, end);
    if (kind !== KEEPALIVE) return null;
    const sent = lsnOfHalves(buffer.readUInt32BE(start + 6), buffer.readUInt32BE(start + 10));
    if (sent > this.#received) this.#received = sent;
    this.#events.onKeepalive(sent);
    if (buffer[start + 22] === 1) this.#sendStatus();
    return null;
  }

  /** Tells the server how far we have received, and how far the hub has committed. */
  #sendStatus(): void {
    if (this.#onStarted !== null || this.#isClosed || !this.#socket.writable) return;
    const message = Buffer.alloc(39);
    message[0] = MESSAGE.data;
    message.writeUInt32BE(38, 1);
    message[5] = 0x72; // r
    message.write(this.#received, 6, 8, "hex");
    message.write(this.#confirmed, 14, 8, "hex");
    message.write(this.#confirmed, 22, 8, "hex");
    this.#socket.write(message);
  }

  #end(error: Error): void {
    if (this.#isClosed) return;
    this.close();
    if (this.#onStarted === null) this.#events.onEnd(error);
    else this.#onStarted(error);
    this.#onStarted = null;
  }

  #lost(): FailureError {
    const { database, host, port } = this.#access;
    const detail = `The log stream of database ${database} at ${host}:${port} ended.`;
    return new FailureError({ kind: "unreachable", detail });
  }
}

/** Where the message ends that begins here; behind the buffer when it has not come whole. */
function endOfMessage(buffer: Buffer, at: number): number {
  return buffer.length - at < 5 ? at + 5 : at + 1 + buffer.readUInt32BE(at + 1);
}

/** The error message of the protocol: fields of a letter and a text. */
function serverError(buffer: Buffer, start: number, end: number): pg.DatabaseError {
  const fields = new Map<string, string>();
  let at = start;
  while (at < end && buffer[at] !== 0) {
    const textEnd = buffer.indexOf(0, at);
    fields.set(String.fromCharCode(buffer[at] ?? 0), buffer.toString("utf8", at + 1, textEnd));
    at = textEnd + 1;
  }
  const error = new pg.DatabaseError(fields.get("M") ?? "unknown", end - start, "error");
  error.code = fields.get("C");
  error.severity = fields.get("V") ?? fields.get("S");
  return error;
}
