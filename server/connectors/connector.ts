import type { z } from "zod";
import type { ObjectSchema } from "../core/map/object-schema.ts";
import type { Position } from "../core/position.ts";
import type { RowHint } from "../core/row-hint.ts";
import type { Columns } from "../core/values/field-value.ts";

/**
 * The contract between the engine and a foreign system. A connector translates; it decides
 * nothing and knows nothing of the hub. Every call is bounded in time; what goes wrong as a whole
 * is thrown as a `FailureError`, what goes wrong with one row is that row's result.
 */
export type Connector<S extends Session = Session> = {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** The connection form, the catalog and the checks of a file come from this schema. */
  readonly settings: z.ZodObject;
  /** The settings that are secret: encrypted at rest, write-only on the screens. */
  readonly secrets: readonly string[];
  readonly capabilities: Capabilities;
  /**
   * Opens a session. `hub` is a short slug of this hub, for names that we make in the system (a
   * slot, a publication), so that two hubs never share one.
   * @throws FailureError when the system cannot be reached or refuses the credentials.
   */
  open(settings: Record<string, unknown>, hub: string): Promise<S>;
  /**
   * What a session makes in the system, for somebody who has to remove it by hand because
   * `Session.remove` cannot. Answers without the system; two systems that are one and the same
   * place have the same.
   * @param settings null where they cannot be read any more
   */
  traces(settings: Record<string, unknown> | null, hub: string): readonly Trace[];
};

export type Trace = {
  /** "the replication slot fieldline_x of the server" */
  readonly what: string;
  /** Words for the system itself that remove it, and do nothing where it is gone already. */
  readonly removal: string;
};

export type Capabilities = {
  /**
   * log: every committed change arrives in commit order with its transaction, our own writes too,
   * so that responses are placed by the log and decide nothing themselves.
   * reads: the system shows its rows as they are when they are asked for, and perhaps which have
   * changed lately; the hub puts what it reads and what it was answered into one order.
   */
  readonly changes: Session["changes"];
  /** Updates and deletes can be made conditional on the values that were last seen. */
  readonly conditionalWrites: CommonSession["isConditional"];
  /** `outcome` tells what became of a transaction whose answer was lost. */
  readonly transactionOutcome: boolean;
  readonly search: boolean;
  /**
   * What of DESIGN.md §3.4 and §3.6 this connector cannot promise, in a sentence; "" if nothing.
   */
  readonly remainingWindow: string;
};

/** An open connection to one system. The engine owns it and always closes it. */
export type Session = LogSession | ReadSession;

export type CommonSession = {
  /**
   * It carries out a write on its condition. One that cannot leaves conditions out of account: the
   * engine reads and compares the rows right before, and an edit between is written over. How large
   * that window is, the connector says in `remainingWindow`.
   */
  readonly isConditional: boolean;

  /** The list of a live test, in order; it ends at the first line that fails. */
  check(): Promise<CheckLine[]>;

  /** Lists what can be synced. May be slow; the studio caches the answer. */
  discover(): Promise<ObjectSchema[]>;

  /** The rows with these keys that exist now; unordered. All of it is read after the call. */
  readByIds(object: string, externalIds: readonly string[]): Promise<Row[]>;

  /** Rows whose columns equal all of `match`; at most `countMax`. */
  search(object: string, match: Columns, countMax: number): Promise<Row[]>;

  /**
   * Rows whose columns equal all of at least one of `matches`, which are about the same columns; at
   * most `countMax`. One call of the system where it can; none where it cannot be searched.
   */
  searchAny(object: string, matches: readonly Columns[], countMax: number): Promise<Row[]>;

  /** Every row of the object as of one moment, in pages, in key order. */
  readAll(object: string, pageRows: number): AsyncIterable<Row[]>;

  /** Begins a write. Its `transaction` is known before anything is written. */
  beginWrite(): Promise<WriteTransaction>;

  /** The system's clock against ours: its time minus ours, and the error of the measurement. */
  clock(): Promise<{ offsetMs: number; errorMs: number }>;

  /** Removes everything that we made in the system (slot, publication). Works after a crash. */
  remove(): Promise<void>;

  close(): Promise<void>;
};

/** A session with a system that has a log. */
export type LogSession = CommonSession & {
  readonly changes: "log";

  /** Starts reading; see `Capture`. At most one capture of a hub is open per system. */
  capture(start: CaptureStart): Promise<Capture>;

  /** What the source knows of our place in its log. */
  place(): Promise<LogPlace>;

  /** What became of a transaction of ours: the answer to an unknown outcome. */
  outcome(transaction: string): Promise<"committed" | "aborted" | "running" | "unknown">;
};

/** A session with a system that is only read: an API, a database whose log is closed to us. */
export type ReadSession = CommonSession & {
  readonly changes: "reads";
  readonly pace: ReadPace;
  /**
   * How old a state its reads may show, in milliseconds, as those of a replica that lags; 0 where
   * they show the present.
   */
  readonly staleMs: number;

  /**
   * What has changed since a cursor that an earlier call gave. A row told again is no harm, one
   * left out is found by the next whole comparison only.
   * @param cursor null: nothing, and the cursor from which on everything is told
   */
  changed(object: string, cursor: string | null, countMax: number): Promise<ChangedRows>;
};

/** How often a system is asked, in milliseconds. */
export type ReadPace = {
  /** What has changed; null where it tells that by itself (webhooks), or not at all. */
  readonly pollMs: number | null;
  /** All rows, to find what nobody told: lost hints, deletes. */
  readonly sweepMs: number;
};

export type ChangedRows = {
  /** Rows as they are now. */
  readonly rows: readonly Row[];
  /** Rows of which only the id was told, or that may be gone: they are read by it. */
  readonly hints: readonly string[];
  readonly cursor: string;
  /** There is more to be told at once. */
  readonly more: boolean;
};

export type LogPlace = {
  /**
   * Up to where the source was told that it may forget its log, by any session of this hub; null
   * where it keeps no log for us. It lies ahead of what the hub has committed only where the hub
   * was restored from an older state.
   */
  readonly kept: Position | null;
  /** Where its log ends now: before what the hub has read only where the source was restored. */
  readonly end: Position;
};

export type CheckLine = {
  readonly label: string;
  readonly ok: boolean;
  /** What was found, or what is wrong and the way out. */
  readonly detail: string;
  /** What fails here keeps us from writing only: the system can still be read. */
  readonly isForWriting?: true;
};

export type Row = {
  readonly externalId: string;
  readonly columns: Columns;
  /** When it was changed last, by its system's own clock, ISO 8601 UTC; where it tells that. */
  readonly at?: string | null;
};

export type CaptureStart = {
  /**
   * The objects to read. One with `loadedAt: null` is first read whole, at one consistent moment
   * that is stitched to the log without gap; changes at or before an object's `loadedAt` are not
   * told again. `schema` is what the hub knows of the object: a difference is told as the first
   * change; without it only what changes from now on is told.
   */
  readonly objects: readonly {
    readonly name: string;
    readonly loadedAt: Position | null;
    readonly schema?: ObjectSchema;
  }[];
  /**
   * The hub's own committed position. Null: it has committed none, and reading begins with the
   * first load that it has committed, or now.
   */
  readonly from: Position | null;
};

/** Changes of one system, pulled. */
export type Capture = {
  /**
   * Waits for news and gives what has come meanwhile, at most about `countMax` changes, in the
   * source's order. A batch ends at a transaction's end unless the transaction alone is longer.
   * A batch without changes only moves the position, past traffic that is not ours: commit and
   * acknowledge it like any other, or the source keeps its log for us. Null when `signal` aborts or
   * after `waitMs` without news.
   * @throws FailureError when the source is lost or our place in it is (`kind: "place-lost"`).
   */
  next(options: { countMax: number; waitMs: number; signal: AbortSignal }): Promise<Batch | null>;

  /** Tells the source that the hub has committed everything up to `position`. */
  acknowledge(position: Position): Promise<void>;

  /** How far behind we are; null while nothing more is known than when it was told last. */
  lag(): Promise<Lag | null>;

  close(): Promise<void>;
};

export type Lag = {
  /** Of a system without a log: what waits in its inbox, counted. */
  readonly bytes: number;
  /** Null where the source cannot tell. */
  readonly seconds: number | null;
};

export type Batch =
  | {
      readonly kind: "snapshot";
      readonly object: string;
      readonly changes: readonly Change[];
      /** The moment of the snapshot in the log's order. */
      readonly position: Position;
      /** The last batch of this object: it has been read whole. */
      readonly last: boolean;
      /** Where the reading of changes goes on, where that moves meanwhile. */
      readonly next?: Position;
      readonly inbox?: InboxChanges;
    }
  | {
      readonly kind: "changes";
      readonly changes: readonly Change[];
      /** Where the next batch begins: durable only when the hub has committed this one. */
      readonly position: Position;
      /** What of the inbox it tells, and what waits there to be read once more. */
      readonly inbox?: InboxChanges;
    };

/** What becomes of a system's inbox (`server/storage/inbox.ts`) with a batch. */
export type InboxChanges = {
  readonly done: readonly string[];
  readonly again: readonly RowHint[];
  /** They are read so long from now. */
  readonly againMs: number;
};

/** What was seen of one row, folded to the state at the end of its transaction. */
export type Change =
  | {
      readonly kind: "row";
      readonly object: string;
      readonly externalId: string;
      /**
       * The key before, when it changed. All keys of one transaction change at once: two rows may
       * have exchanged theirs, and a row may take the key of one that is told as gone before it. A
       * new row that has the key of one that moved is told after that one.
       */
      readonly previousExternalId?: string;
      /** Every column that the source told; one left out (an unchanged large value) is missing. */
      readonly columns: Columns;
      /** Cheap news of the source itself; "snapshot" is no news of an insert. */
      readonly operation: "insert" | "update" | "snapshot";
      readonly position: Position;
      readonly at: string | null;
      readonly transaction: string | null;
      /** Read some time after our own write: what differs from it may be somebody's edit. */
      readonly readBack?: true;
      /** Our own write's row as the answer shows it: no log has told it, and nobody has read it. */
      readonly answered?: true;
    }
  | {
      readonly kind: "gone";
      readonly object: string;
      readonly externalId: string;
      readonly position: Position;
      readonly at: string | null;
      readonly transaction: string | null;
    }
  /** All rows of the object were removed at once. */
  | {
      readonly kind: "emptied";
      readonly object: string;
      readonly position: Position;
      readonly at: string | null;
      readonly transaction: string | null;
    }
  /** The object's columns changed; later rows come in the new shape. Null: the object is gone. */
  | {
      readonly kind: "schema";
      readonly object: string;
      readonly schema: ObjectSchema | null;
      readonly position: Position;
    };

/** One transaction in the target. Exactly one of `commit` and `abort` ends it. */
export type WriteTransaction = {
  /** The system's own id of it: the events of these writes in the log carry it. */
  readonly transaction: string;
  /**
   * Writes rows of one object and operation, in one statement where it can; one bad row does not
   * harm the others. Rows that exchange unique values among themselves do so where the system can;
   * what stands between is never visible. One result per row, in order.
   */
  write(object: string, rows: readonly RowWrite[]): Promise<RowResult[]>;
  commit(): Promise<void>;
  abort(): Promise<void>;
};

export type RowWrite =
  | {
      readonly operation: "create";
      /** The whole row; a null is left out so that the column's default applies. */
      readonly columns: Columns;
    }
  | {
      readonly operation: "update";
      readonly externalId: string;
      readonly columns: Columns;
      /** The write happens only while all these columns have these values. */
      readonly condition: Columns;
    }
  | {
      readonly operation: "delete";
      readonly externalId: string;
      readonly condition: Columns;
    };

export const REFUSAL_CODES = [
  "unique",
  "required",
  "length",
  "range",
  "check",
  "reference",
  "type",
  "permission",
  "other",
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export type RowResult =
  /**
   * `columns`: the row as stored, all its columns. `readBack`: read after the write by another
   * call, so that somebody may have edited it between.
   */
  | {
      readonly status: "written";
      readonly externalId: string;
      readonly columns: Columns;
      readonly readBack?: true;
    }
  /** The condition did not hold: news of this row is on its way. */
  | { readonly status: "changed" }
  /** There is no such row any more. */
  | { readonly status: "missing" }
  /** Somebody else holds the row locked; nothing was written and nothing is wrong: try again. */
  | { readonly status: "busy" }
  /** Not tried: the system asks for time. */
  | { readonly status: "later"; readonly retryAfterMs: number }
  /** Its answer was lost: nobody can tell whether it was written. */
  | { readonly status: "unknown"; readonly message: string }
  | {
      readonly status: "refused";
      readonly code: RefusalCode;
      readonly column: string | null;
      readonly message: string;
    };
