import type { MapDocument } from "../map/document.ts";
import type { HubValue } from "../reconcile/state.ts";
import type { FieldValue } from "../values/field-value.ts";
import type { CellChange, ImpactRow } from "./impact.ts";
import { titleOf } from "./tally.ts";

type Values = Readonly<Record<string, HubValue>>;

/** A record as it is, and as it would be. */
export type RecordChange = {
  readonly id: string;
  readonly entity: string;
  /** Null: the version would make it. */
  readonly before: Values | null;
  readonly after: Values;
  readonly isDeleted: boolean;
};

/** Changed records of the hub as rows to look at. */
export function hubRows(document: MapDocument, records: readonly RecordChange[]): ImpactRow[] {
  return records.map((record) => {
    const { id, entity, before, after, isDeleted } = record;
    const title = document.entities.find((one) => one.id === entity)?.title ?? "";
    const known = before === null ? "created" : "changed";
    const change = isDeleted ? "deleted" : known;
    return {
      ...{ system: null, change, entity, record: before === null ? null : id },
      title: titleOf(after[title]?.v, id),
      externalId: null,
      cells: cellsOf(record),
      why: null,
    };
  });
}

function cellsOf({ before, after, isDeleted }: RecordChange): CellChange[] {
  if (isDeleted) return Object.entries(after).map(([field, { v }]) => ({ field, before: v }));
  return Object.entries(after).flatMap(([field, { v }]) => {
    const was = before?.[field];
    if (was === undefined) return [{ field, after: v }];
    return isSame(was.v, v) ? [] : [{ field, before: was.v, after: v }];
  });
}

const isSame = (a: FieldValue, b: FieldValue): boolean => JSON.stringify(a) === JSON.stringify(b);
