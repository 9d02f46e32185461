import type { BindingId, LinkId, SystemId } from "../ids.ts";
import type { FieldValue } from "../values/field-value.ts";
import { dueFields, heldFields } from "./due.ts";
import type { LinkState, RecordState } from "./state.ts";
import { conflictsOf, heldOf, linkOf, recordOf, type Working } from "./world.ts";

/** What a system is to be told once the changes are committed, as a person is shown it before. */
export type PlannedWrite = {
  readonly link: LinkId;
  readonly binding: BindingId;
  readonly system: SystemId;
  readonly externalId: string | null;
  readonly operation: "create" | "update" | "delete";
  readonly fields: readonly PlannedField[];
};

export type PlannedField = {
  readonly field: string;
  /** What the system holds, as far as anybody knows. */
  readonly before?: FieldValue;
  readonly after: FieldValue;
};

/** Every write that is due by what was decided, in the order of the links. */
export function plannedWrites(work: Working): PlannedWrite[] {
  return [...work.changes.due].sort().flatMap((id) => {
    const link = linkOf(work, id);
    const record = link === undefined ? undefined : recordOf(work, link.record);
    return link === undefined || record === undefined ? [] : [plannedWrite(work, record, link)];
  });
}

function plannedWrite(work: Working, record: RecordState, link: LinkState): PlannedWrite {
  const { id, binding, system, externalId } = link;
  const write = { link: id, binding, system, externalId };
  if (record.deletedAt !== null) return { ...write, operation: "delete", fields: [] };
  const operation = link.state === "pending" ? "create" : "update";
  return { ...write, operation, fields: fieldsOf(work, record, link) };
}

function fieldsOf(work: Working, record: RecordState, link: LinkState): PlannedField[] {
  const rules = work.world.map.bindings.get(link.binding);
  if (rules === undefined) return [];
  const held = heldFields(rules.entity, conflictsOf(work, record.id), heldOf(work, record.id));
  return dueFields(rules, record, link, held).flatMap((field) => {
    const after = record.values[field]?.v;
    const before = link.bases[field]?.s;
    if (after === undefined) return [];
    return [{ field, ...(before === undefined ? {} : { before }), after }];
  });
}
