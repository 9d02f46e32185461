import { FailureError } from "../../core/run/failure.ts";
import type { Columns } from "../../core/values/field-value.ts";
import type { RowResult, RowWrite, WriteTransaction } from "../connector.ts";
import { between, type MemoryHooks, type MemoryStep, travelling } from "./hooks.ts";
import type { MemorySystem } from "./system.ts";
import { hasValues, type Refused } from "./table.ts";
import type { MemoryTransaction } from "./transaction.ts";

/** A write of the engine. When its connection breaks before the commit, it is undone. */
export class MemoryWrite implements WriteTransaction {
  readonly transaction: string;
  protected readonly system: MemorySystem;
  protected own: MemoryTransaction;
  readonly #hooks: MemoryHooks;

  constructor(system: MemorySystem, hooks: MemoryHooks, own: MemoryTransaction) {
    this.system = system;
    this.#hooks = hooks;
    this.own = own;
    this.transaction = own.id;
  }

  write(object: string, rows: readonly RowWrite[]): Promise<RowResult[]> {
    return this.step("write", () =>
      rows.map((row) => {
        const result = this.takeRow(object, row);
        if (result.status === "written") this.system.writeThrough(this.own);
        return result;
      }),
    );
  }

  commit(): Promise<void> {
    return this.step("commit", () => this.system.commit(this.own));
  }

  async abort(): Promise<void> {
    if (this.own.isOver) return;
    await this.step("abort", () => this.system.abort(this.own));
  }

  protected async step<T>(name: MemoryStep, work: () => T): Promise<T> {
    const done = () => {
      this.system.expire();
      if (!this.own.isOver) return work();
      const detail = "The memory system cut the connection.";
      throw new FailureError({ kind: "unreachable", detail });
    };
    const callMs = name === "write" ? (this.system.options.callMs ?? 0) : 0;
    try {
      return await travelling(this.#hooks, callMs, () => between(this.#hooks, name, done));
    } catch (error) {
      this.system.abort(this.own);
      throw error;
    }
  }

  /** Writes a row, or says so. */
  protected takeRow(object: string, write: RowWrite): RowResult {
    if (!this.system.isLie()) return this.writeRow(object, write);
    const { own } = this;
    this.own = this.system.pretend();
    const result = this.writeRow(object, write);
    this.own = own;
    return result;
  }

  protected writeRow(object: string, write: RowWrite): RowResult {
    if (write.operation === "create") {
      if (this.system.isHeld(this.own, object, null, write.columns)) return { status: "busy" };
      const given = Object.entries(write.columns).filter(([, value]) => value !== null);
      return toResult(this.own.insert(object, Object.fromEntries(given)));
    }
    const { externalId } = write;
    const columns = write.operation === "update" ? write.columns : {};
    if (this.system.isHeld(this.own, object, externalId, columns)) return { status: "busy" };
    const before = this.own.row(object, externalId);
    if (before === null) return { status: "missing" };
    const isAsSeen = !this.system.isConditional || hasValues(before, write.condition);
    if (!isAsSeen) return { status: "changed" };
    if (write.operation === "update") return this.update(object, externalId, columns);
    this.own.remove(object, externalId);
    return { status: "written", externalId, columns: before };
  }

  protected update(object: string, externalId: string, columns: Columns): RowResult {
    return toResult(this.own.update(object, externalId, columns));
  }
}

function toResult(result: { readonly id: string; readonly row: Columns } | Refused): RowResult {
  if ("status" in result) return result;
  return { status: "written", externalId: result.id, columns: result.row };
}
