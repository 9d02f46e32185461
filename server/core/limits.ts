import { assert } from "./assert.ts";

/** Every queue, loop and payload ends at one of these numbers. Units are in the names. */
export const LIMITS = {
  /** Observations decided in one transaction. */
  batchObservationsMax: 2_000,
  /** Deliveries sent in one batch to one system. */
  batchDeliveriesMax: 2_000,
  /** Decoded changes that may wait in memory before a source is told to pause. */
  queuedChangesMax: 20_000,
  /** Records that an engine keeps in memory, whatever there is of it; twice as many for a while. */
  cachedRecordsMin: 10_000,
  cachedRecordsMax: 200_000,
  /** The share of a machine's memory that they may take. */
  cachedMemoryShare: 0.02,
  recordFieldsMax: 400,
  /** A value of a field by which records are matched: an index has no room for a longer one. */
  keyCharactersMax: 500,
  retryAttemptsMax: 8,
  retryDelayMsMin: 500,
  retryDelayMsMax: 300_000,
  /** A system that does not answer is called again after this at the latest. */
  reconnectDelayMsMax: 30_000,
  /** A lease ends this long after its last heartbeat. No retry is waited for under a lease. */
  leaseMs: 10_000,
  leaseHeartbeatMs: 2_500,
  /** How often it is looked for intents whose event has not come although the log is read. */
  unheardEveryMs: 30_000,
  /** A row that a system says it has written, and has not, is sent so often. */
  unheardTriesMax: 3,
  /** One call to a foreign system. Shorter than a lease, so that a takeover can wait it out. */
  callTimeoutMs: 8_000,
  /** A row of a system without a log that could not be placed is read again so soon. */
  rereadMs: 200,
  /** How often a refused edit is set back on one link and field within an hour. */
  revertRoundsMax: 5,
  /** Sentences and lines of a text that is merged by rule; of a longer one a person is asked. */
  mergePiecesMax: 2_000,
  /** An expression as it is written; what it may take to answer, and to count and write with. */
  expressionCharactersMax: 2_000,
  expressionNodesMax: 300,
  expressionDepthMax: 24,
  expressionStepsMax: 10_000,
  expressionDigitsMax: 200,
  expressionTextMax: 20_000,
  /** Held items that a run tries again within one second, where nothing else is said; at most. */
  replayPerSecond: 20,
  replayPerSecondMax: 200,
  /** A batch of them that has not ended after this is taken for lost, and is tried again. */
  replayBatchMsMax: 60_000,
  /**
   * A hub with more records is previewed by a sample of about so many, where nobody asks for all:
   * every share is known to one in a hundred then, and on two slow cores it takes some seconds.
   */
  previewQuickRecords: 10_000,
  /** The same where all is asked for; records that a sample takes along; and rows to look at. */
  previewRecordsMax: 250_000,
  previewPartnersMax: 20_000,
  previewRowsMax: 200,
  mapEdgesMax: 5_000,
  mapFileBytesMax: 5 * 1024 * 1024,
  /** Largest call of the browser: a map file within JSON, with room. */
  callBytesMax: 16 * 1024 * 1024,
  draftUndoMax: 200,
  /**
   * Mass-change guard, where the map says nothing else: more rows that are gone, or lose the value
   * of one field, than both of these wait for a person, in a run or in so long a stretch of a
   * stream, by its source's own clock.
   */
  massChangeCountMax: 3,
  massChangeShareMax: 0.2,
  massChangeMinutes: 10,
  pageRowsMax: 200,
} as const;

assert(LIMITS.callTimeoutMs < LIMITS.leaseMs, "A call must end before its lease does.");
assert(LIMITS.leaseHeartbeatMs * 3 < LIMITS.leaseMs, "Two missed heartbeats must not end a lease.");
