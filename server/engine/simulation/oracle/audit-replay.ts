import type { FieldValue } from "../../../core/values/field-value.ts";
import type { AuditRow, HubView } from "./hub-view.ts";

/** Lines after which the hub holds their `after`. */
const DECIDING: ReadonlySet<string> = new Set([
  "accepted",
  "resolved",
  "set",
  "merged",
  "unmerged",
]);

/** What the hub holds if the audit log tells the whole story. */
export class AuditReplay {
  readonly #records = new Map<string, { values: Map<string, FieldValue>; isDeleted: boolean }>();

  /** Follows a line; a sentence when it does not fit what was told before. */
  follow(line: AuditRow): string[] {
    const { kind, record, field, after } = line;
    const known = this.#records.get(record);
    if (kind === "created") {
      if (known !== undefined) return [`record ${record} is made twice`];
      const values = new Map(Object.entries(after as Record<string, FieldValue>));
      this.#records.set(record, { values, isDeleted: false });
      return [];
    }
    // The row that a person parts makes its record's lines before "created" tells of it.
    const state = known ?? { values: new Map<string, FieldValue>(), isDeleted: false };
    if (field === null) this.#followRecord(line, state);
    else if (DECIDING.has(kind)) return this.#followValue(line, state);
    return [];
  }

  #followRecord({ kind, cause }: AuditRow, state: { isDeleted: boolean }): void {
    if (kind === "deleted" || kind === "merged-into") state.isDeleted = true;
    if (kind === "restored") state.isDeleted = false;
    if (kind === "resolved" && cause["detail"] === "keep") state.isDeleted = false;
  }

  #followValue(line: AuditRow, state: { values: Map<string, FieldValue> }): string[] {
    const field = line.field ?? "";
    const stood = state.values.get(field);
    const told = line.has_before ? line.before : undefined;
    if (line.has_after) state.values.set(field, line.after as FieldValue);
    if (isSame(stood, told)) return [];
    return [
      `${line.stream} ${line.number} says ${field} was ${show(told)}, but it was ${show(stood)}`,
    ];
  }

  /** The records that live and have this value. */
  livingWith(field: string, value: unknown): string[] {
    return [...this.#records].flatMap(([id, { values, isDeleted }]) =>
      !isDeleted && isSame(values.get(field), value) ? [id] : [],
    );
  }

  valueOf(record: string, field: string): FieldValue | undefined {
    return this.#records.get(record)?.values.get(field);
  }

  /** Where the hub's records are not what the log says. */
  compare(view: HubView): string[] {
    const wrong: string[] = [];
    for (const record of view.records.values()) {
      const told = this.#records.get(record.id);
      if (told === undefined) {
        wrong.push(`record ${record.id} has no line that it was made`);
        continue;
      }
      if (told.isDeleted !== (record.deleted_at !== null)) {
        wrong.push(`record ${record.id} is deleted in one of hub and audit log`);
      }
      for (const field of new Set([...told.values.keys(), ...Object.keys(record.values)])) {
        const holds = record.values[field]?.v;
        const says = told.values.get(field);
        if (isSame(holds, says)) continue;
        wrong.push(
          `record ${record.id} holds ${field} = ${show(holds)}, the audit log says ${show(says)}`,
        );
      }
    }
    return wrong;
  }
}

export function isSame(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

export function isBlank(value: unknown): boolean {
  return value === null || value === "";
}

export const show = (value: unknown): string => JSON.stringify(value) ?? "nothing";
