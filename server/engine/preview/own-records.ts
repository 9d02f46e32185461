import type { Transaction } from "../../../db/client.ts";
import { LIMITS } from "../../core/limits.ts";
import { lastWriterOf } from "../../storage/preview.ts";
import { type Mark, RecordCache, type Written } from "../../storage/record-cache.ts";

/** A quick look and its partners; of more, those that were decided last. */
const RECORDS_KEPT = 2 * LIMITS.previewQuickRecords;

/**
 * Records as a preview has decided them, so that what they send is planned without reading them
 * again. The engine believes a row by the transaction that wrote it; a preview is one transaction,
 * in which each step is a part with an id of its own, and that is what stands in the rows.
 */
export class OwnRecords extends RecordCache {
  #written: readonly Written[] = [];
  #transaction = "";

  constructor() {
    super(RECORDS_KEPT);
  }

  /** Under which part it was written is still to be asked: `settle` does. */
  override keepWritten(written: readonly Written[], { transaction }: Mark): void {
    this.#written = written;
    this.#transaction = transaction;
  }

  /** Keeps what the step before wrote. */
  async settle(tx: Transaction): Promise<void> {
    const written = this.#written;
    this.#written = [];
    const links = written.flatMap(({ changes }) => [...changes.links.keys()]);
    const part = await lastWriterOf(tx, links.slice(-LINKS_ASKED));
    // What the transaction itself wrote it may write again, under the same id.
    if (part === null || part === this.#transaction) return;
    super.keepWritten(written, { transaction: part, server: "" });
  }
}

/** Of a step that has changed any, one of these has its mark. */
const LINKS_ASKED = 100;
