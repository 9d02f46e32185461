import type { MemorySystem } from "../../../connectors/memory/system.ts";
import type { Columns } from "../../../core/values/field-value.ts";
import type { Told } from "../narrate.ts";

/** One change of one row, by a person or by us. */
export type Change = Told & {
  readonly object: string;
  /** Which row it is, whatever its id becomes: "erp products 7". */
  readonly row: string;
};

/** Follows the systems' own logs: what really happened in them, in their own columns. */
export class Watch {
  readonly changes: Change[] = [];
  readonly #systems: ReadonlyMap<string, MemorySystem>;
  readonly #told = new Map<string, number>();
  readonly #rows = new Map<string, { readonly row: string; readonly columns: Columns }>();
  #made = 0;

  constructor(systems: ReadonlyMap<string, MemorySystem>) {
    this.#systems = systems;
  }

  /** What has come since the last time. */
  catchUp(): Change[] {
    const news = [...this.#systems].flatMap(([id, { log }]) => {
      const from = this.#told.get(id) ?? 0;
      this.#told.set(id, log.length);
      return log.slice(from).flatMap((entry) => this.#changesOf(id, entry));
    });
    this.changes.push(...news);
    return news;
  }

  #changesOf(system: string, entry: MemorySystem["log"][number]): Change[] {
    const { isOurs, transaction } = entry;
    // Rows may exchange their ids; each started from its own place of before.
    const start = new Map(this.#rows);
    return entry.changes.flatMap((change): Change[] => {
      if (change.kind === "schema") return [];
      const { object } = change;
      const place = (id: string) => `${system} ${object} ${id}`;
      const common = { isOurs, transaction, system, object };
      if (change.kind === "emptied") {
        const prefix = place("");
        const gone = [...this.#rows].filter(([key]) => key.startsWith(prefix));
        for (const [key] of gone) this.#rows.delete(key);
        return gone.map(([key, { row, columns }]) => {
          return { ...common, id: key.slice(prefix.length), row, before: columns, after: null };
        });
      }
      const id = change.externalId;
      const from = change.kind === "row" ? (change.previousExternalId ?? id) : id;
      const known = start.get(place(from));
      if (this.#rows.get(place(from)) === known) this.#rows.delete(place(from));
      if (known === undefined) this.#made += 1;
      const row = known?.row ?? `${system} ${object} ${this.#made}`;
      const before = known?.columns ?? null;
      if (change.kind === "gone") return [{ ...common, id, row, before, after: null }];
      const after = { ...before, ...change.columns };
      this.#rows.set(place(id), { row, columns: after });
      return [{ ...common, id, row, before, after }];
    });
  }
}
