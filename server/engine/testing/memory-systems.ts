import type { LogSession, RowResult, RowWrite, Session } from "../../connectors/connector.ts";
import type { Columns } from "../../core/values/field-value.ts";

/** A foreign system with one object, in memory. */
export type MemorySystem = {
  readonly object: string;
  readonly rows: Map<string, Columns>;
  /** How many rows were made here by us. */
  made: number;
};

/** One transaction of ours in a system, and the rows that it wrote. */
export type MemoryCall = { readonly transaction: string; readonly touched: string[] };

type Asked = "beginWrite" | "changes" | "isConditional" | "outcome" | "searchAny";

/** A session that writes; nothing else is asked of it. */
export function memorySession(system: MemorySystem, call: MemoryCall): Session {
  const session: Pick<LogSession, Asked> = {
    changes: "log",
    isConditional: true,
    beginWrite: async () => ({
      transaction: call.transaction,
      write: async (_object, writes) =>
        writes.map((write) => {
          const result = apply(system, write);
          if (result.status === "written") call.touched.push(result.externalId);
          return result;
        }),
      commit: async () => undefined,
      abort: async () => undefined,
    }),
    outcome: async () => "committed",
    searchAny: async (_object, matches) =>
      [...system.rows]
        .filter(([, row]) => matches.some((match) => holds(row, match)))
        .map(([externalId, columns]) => ({ externalId, columns })),
  };
  return session as Session;
}

function apply(system: MemorySystem, write: RowWrite): RowResult {
  if (write.operation === "create") return create(system, write.columns);
  const { externalId } = write;
  const row = system.rows.get(externalId);
  if (row === undefined) return { status: "missing" };
  if (!holds(row, write.condition)) return { status: "changed" };
  if (write.operation === "delete") {
    system.rows.delete(externalId);
    return { status: "written", externalId, columns: row };
  }
  const columns = { ...row, ...write.columns };
  const refused = refusalOf(columns);
  if (refused !== null) return refused;
  system.rows.set(externalId, columns);
  return { status: "written", externalId, columns };
}

function create(system: MemorySystem, values: Columns): RowResult {
  const refused = refusalOf(values);
  if (refused !== null) return refused;
  system.made += 1;
  const externalId = `n${system.made}`;
  const columns = { id: externalId, ...values };
  system.rows.set(externalId, columns);
  return { status: "written", externalId, columns };
}

function holds(row: Columns, condition: Columns): boolean {
  return Object.entries(condition).every(
    ([name, value]) => JSON.stringify(row[name]) === JSON.stringify(value),
  );
}

/** A rule of the system's own, which no schema tells. */
function refusalOf(columns: Columns): RowResult | null {
  if (!String(columns["name"]).includes("forbidden")) return null;
  const message = 'The new row violates the check "clean_name".';
  return { status: "refused", code: "check", column: "name", message };
}
