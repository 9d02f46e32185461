import { present } from "../../core/assert.ts";
import { FailureError } from "../../core/run/failure.ts";
import type { Columns } from "../../core/values/field-value.ts";
import type { RowResult, RowWrite } from "../connector.ts";
import { inHalves } from "../in-halves.ts";
import type { MemoryReads } from "./system.ts";
import { MemoryWrite } from "./write.ts";

/** What is asked of a system that wants time before the rest of a call. */
const RETRY_AFTER_MS = 1_000;

/** Writes at a system without transactions: each row's write stands at once. */
export class MemoryReadWrite extends MemoryWrite {
  override async write(object: string, rows: readonly RowWrite[]): Promise<RowResult[]> {
    const { callRowsMax, wholeCalls, isSilent } = this.#reads;
    const now = rows.slice(0, callRowsMax);
    const call = (part: readonly RowWrite[]) => this.#call(object, part);
    const results = wholeCalls ? await inHalves(now, call) : ((await call(now)) ?? []);
    const later = rows.slice(callRowsMax).map(() => LATER);
    return [...(isSilent ? await this.#readBack(object, results) : results), ...later];
  }

  /** Null: it was refused as a whole. A call whose answer is lost may have been carried out. */
  async #call(object: string, rows: readonly RowWrite[]): Promise<RowResult[] | null> {
    try {
      return await this.step("write", () => this.#take(object, rows));
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      return rows.map(() => ({ status: "unknown", message: error.message }));
    }
  }

  #take(object: string, rows: readonly RowWrite[]): RowResult[] | null {
    if (!this.#reads.wholeCalls) {
      return rows.map((row) => {
        const result = this.takeRow(object, row);
        this.system.writeThrough(this.own);
        return result;
      });
    }
    const results = rows.map((row) => this.takeRow(object, row));
    if (rows.length > 1 && results.some(({ status }) => status === "refused")) {
      this.own.forget();
      return null;
    }
    this.system.writeThrough(this.own);
    return results;
  }

  /** An update that replaces the row has to send all of it, or erases what nobody speaks of. */
  protected override update(object: string, externalId: string, columns: Columns): RowResult {
    if (!this.#reads.replaces) return super.update(object, externalId, columns);
    return this.#put(object, externalId, { ...this.own.row(object, externalId), ...columns });
  }

  /** The system's own call: what is not sent is blank from then on. */
  #put(object: string, externalId: string, columns: Columns): RowResult {
    const names = this.system.table(object).schema.columns.map(({ name }) => name);
    const blank = Object.fromEntries(names.map((name) => [name, null]));
    return super.update(object, externalId, { ...blank, ...columns });
  }

  /** The rows as they are some time after they were written. */
  async #readBack(object: string, results: readonly RowResult[]): Promise<RowResult[]> {
    return await this.step("readByIds", () =>
      results.map((result) => {
        if (result.status !== "written") return result;
        const columns = this.system.row(object, result.externalId) ?? result.columns;
        return { ...result, columns, readBack: true };
      }),
    );
  }

  get #reads(): MemoryReads {
    return present(this.system.options.reads, "The system is read.");
  }
}

const LATER = { status: "later", retryAfterMs: RETRY_AFTER_MS } as const;
