import type { ObjectSchema } from "../../core/map/object-schema.ts";
import { FailureError } from "../../core/run/failure.ts";
import type { Columns } from "../../core/values/field-value.ts";
import type {
  Capture,
  CaptureStart,
  CheckLine,
  CommonSession,
  LogPlace,
  LogSession,
  Row,
  WriteTransaction,
} from "../connector.ts";
import { memoryPosition, openMemoryCapture } from "./capture.ts";
import { between, type MemoryHooks, type MemoryStep, travelling } from "./hooks.ts";
import type { MemorySystem } from "./system.ts";
import { hasValues } from "./table.ts";
import type { MemoryTransaction } from "./transaction.ts";
import { MemoryWrite } from "./write.ts";

/** What a hub's session with any memory system can do. */
export abstract class CommonMemorySession implements CommonSession {
  protected readonly system: MemorySystem;
  protected readonly hub: string;
  protected readonly hooks: MemoryHooks;
  readonly #generation: number;
  readonly #writes = new Set<MemoryTransaction>();
  #isClosed = false;

  constructor(system: MemorySystem, hub: string, hooks: MemoryHooks) {
    this.system = system;
    this.hub = hub;
    this.hooks = hooks;
    this.#generation = system.generation;
  }

  get isConditional(): boolean {
    return this.system.isConditional;
  }

  protected abstract writeBy(own: MemoryTransaction): WriteTransaction;

  check(): Promise<CheckLine[]> {
    return this.step("check", () => [
      { label: "Reach the system", ok: true, detail: "It lives in this process." },
    ]);
  }

  discover(): Promise<ObjectSchema[]> {
    return this.step("discover", () => this.system.schemas);
  }

  readByIds(object: string, externalIds: readonly string[]): Promise<Row[]> {
    const read = () => {
      const rows = this.shownRows(object);
      return [...new Set(externalIds)].flatMap((externalId) => {
        const columns = rows.get(externalId);
        return columns === undefined ? [] : [this.rowOf(object, externalId, columns)];
      });
    };
    return this.#travelling(() => this.step("readByIds", read));
  }

  search(object: string, match: Columns, countMax: number): Promise<Row[]> {
    const find = () =>
      this.rowsOf(object)
        .filter(({ columns }) => hasValues(columns, match))
        .slice(0, countMax);
    return this.#travelling(() => this.step("search", find));
  }

  searchAny(object: string, matches: readonly Columns[], countMax: number): Promise<Row[]> {
    // No step of the fault plan, as in `place`: the seeds that are kept would be other stories.
    return this.#travelling(() => {
      if (this.#isCut) return Promise.reject(cutOff());
      const rows = this.rowsOf(object).filter(({ columns }) =>
        matches.some((match) => hasValues(columns, match)),
      );
      return Promise.resolve(rows.slice(0, countMax));
    });
  }

  async *readAll(object: string, pageRows: number): AsyncGenerator<Row[]> {
    const rows = await this.step("readAll", () => this.rowsOf(object));
    rows.sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
    for (let start = 0; start < rows.length; start += pageRows) {
      yield rows.slice(start, start + pageRows);
    }
  }

  beginWrite(): Promise<WriteTransaction> {
    let own: MemoryTransaction | null = null;
    const begun = this.step("beginWrite", () => {
      own = this.system.begin();
      this.#writes.add(own);
      return this.writeBy(own);
    });
    return begun.catch((error: unknown) => {
      if (own !== null) this.system.abort(own);
      throw error;
    });
  }

  clock(): Promise<{ offsetMs: number; errorMs: number }> {
    return this.step("clock", () => ({ offsetMs: 0, errorMs: 0 }));
  }

  remove(): Promise<void> {
    return this.step("remove", () => {
      this.system.slots.delete(this.hub);
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const own of this.#writes) this.system.abort(own);
  }

  protected rowsOf(object: string): Row[] {
    const rows = this.shownRows(object);
    return [...rows].map(([externalId, columns]) => this.rowOf(object, externalId, columns));
  }

  /** The rows that a read shows. */
  protected shownRows(object: string): ReadonlyMap<string, Columns> {
    return this.system.rows(object);
  }

  protected rowOf(_object: string, externalId: string, columns: Columns): Row {
    return { externalId, columns };
  }

  protected step<T>(name: MemoryStep, work: () => T): Promise<T> {
    return between(this.hooks, name, () => {
      if (!this.#isCut) return work();
      throw cutOff();
    });
  }

  #travelling<T>(call: () => Promise<T>): Promise<T> {
    return travelling(this.hooks, this.system.options.callMs ?? 0, call);
  }

  get #isCut(): boolean {
    return this.#isClosed || this.#generation !== this.system.generation;
  }
}

function cutOff(): FailureError {
  const detail = "The memory system cut the connection.";
  return new FailureError({ kind: "unreachable", detail });
}

/** A hub's session with a memory system that has a log. */
export class MemorySession extends CommonMemorySession implements LogSession {
  readonly changes = "log";
  #capture: Capture | null = null;

  async capture(start: CaptureStart): Promise<Capture> {
    const capture = await this.step("capture", () =>
      openMemoryCapture(this.system, this.hub, this.hooks, start),
    );
    this.#capture = capture;
    return capture;
  }

  place(): Promise<LogPlace> {
    // No step of the fault plan: the seeds that are kept would be other stories with one more.
    const acknowledged = this.system.slots.get(this.hub);
    const kept = acknowledged === undefined ? null : memoryPosition(acknowledged, 0);
    return Promise.resolve({ kept, end: memoryPosition(this.system.nextNumber, 0) });
  }

  outcome(transaction: string): ReturnType<LogSession["outcome"]> {
    return this.step("outcome", () => {
      this.system.expire();
      if (!this.system.knowsOutcomes) return "unknown";
      return this.system.outcomes.get(transaction) ?? "unknown";
    });
  }

  override async close(): Promise<void> {
    await super.close();
    await this.#capture?.close();
  }

  protected override writeBy(own: MemoryTransaction): WriteTransaction {
    return new MemoryWrite(this.system, this.hooks, own);
  }
}
