import type { RowResult, RowWrite, Session } from "../connectors/connector.ts";
import type { Columns } from "../core/values/field-value.ts";
import type { Sending } from "./deliver.ts";

type Looked = { readonly sending: Sending; readonly result: RowResult };

/**
 * At a system that knows no conditions the rows are read right before they are written or deleted,
 * and those that are not as they were seen last are left alone, as if it had refused them. What is
 * edited between this look and the write is written over: that window stays.
 */
export async function lookBeforeWrite(
  session: Pick<Session, "isConditional" | "readByIds">,
  sendings: readonly Sending[],
): Promise<Looked[]> {
  if (session.isConditional) return [];
  const groups = Map.groupBy(sendings, ({ rules }) => rules.binding.object);
  const looked: Looked[] = [];
  for (const [object, group] of groups) {
    const ids = group.flatMap(({ write }) => (write.operation === "create" ? [] : [idOf(write)]));
    if (ids.length === 0) continue;
    const rows = await session.readByIds(object, ids);
    const byId = new Map(rows.map(({ externalId, columns }) => [externalId, columns]));
    for (const sending of group) {
      const result = otherwise(sending.write, byId);
      if (result !== null) looked.push({ sending, result });
    }
  }
  return looked;
}

const idOf = (write: Exclude<RowWrite, { operation: "create" }>): string => write.externalId;

/** What stands against the write; null: the row is as it was seen last. */
function otherwise(write: RowWrite, rows: ReadonlyMap<string, Columns>): RowResult | null {
  if (write.operation === "create") return null;
  const row = rows.get(write.externalId);
  if (row === undefined) return { status: "missing" };
  const isAsSeen = Object.entries(write.condition).every(
    ([name, seen]) => JSON.stringify(row[name] ?? null) === JSON.stringify(seen),
  );
  return isAsSeen ? null : { status: "changed" };
}
