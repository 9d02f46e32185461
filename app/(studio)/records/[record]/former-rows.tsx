import { Badge } from "../../../../components/ui/badge.tsx";
import { LineBullet } from "../../../../components/values/line-bullet.tsx";
import type { LinkStateName } from "../../../../server/core/reconcile/state.ts";
import { formerRows, type RecordData, systemOf } from "./record-data.ts";

const END_WORDS: Readonly<Record<LinkStateName, string>> = {
  gone: "deleted there",
  left: "outside the scope",
  archived: "put away there",
  missing: "deleted there, which waits for a person",
  doubted: "its id may be another row’s now",
  unlinked: "unlinked",
  live: "linked",
  pending: "to be made",
};

/** Rows that were the record's: deleted in their system, outside the scope, or parted from it. */
export function FormerRows({ data }: { data: RecordData }) {
  const rows = formerRows(data);
  if (rows.length === 0) return null;
  return (
    <section aria-label="Rows of the past" className="border-rule border-t px-4 py-3">
      <h2 className="mb-2 type-label">Rows of the past</h2>
      <ul className="flex flex-col gap-1">
        {rows.map((row) => {
          const system = systemOf(data, row.system);
          return (
            <li key={row.id} className="flex items-center gap-2">
              {system !== undefined && <LineBullet system={system} as="reader" />}
              <span className="type-value">{row.externalId}</span>
              <Badge>{END_WORDS[row.state]}</Badge>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
