import type { MapDocument } from "../../../core/map/document.ts";
import type { Columns, FieldValue } from "../../../core/values/field-value.ts";

/** The hub's tables as they are. */
export type HubView = {
  readonly records: ReadonlyMap<string, RecordRow>;
  readonly links: readonly LinkRow[];
  readonly conflicts: readonly ConflictRow[];
  readonly quarantine: readonly QuarantineRow[];
  readonly deliveries: readonly DeliveryRow[];
  readonly attempts: readonly AttemptRow[];
  readonly unmatched: readonly { binding: string; external_id: string }[];
  readonly captures: readonly CaptureRow[];
  /** What was told of systems without a log and is not placed yet. */
  readonly inbox: readonly { readonly system: string }[];
  /** The live version of the map. */
  readonly version: number;
  /** Changes of many records that wait, or waited, for a person. */
  readonly massChanges: readonly { readonly binding: string }[];
};

export type RecordRow = {
  readonly id: string;
  readonly values: Readonly<Record<string, { v: FieldValue; by: string; at: string }>>;
  readonly deleted_at: string | null;
};

export type LinkRow = {
  readonly id: string;
  readonly record: string;
  readonly binding: string;
  readonly system: string;
  readonly external_id: string | null;
  readonly state: string;
  readonly position: string | null;
  /** The item with which a person has let be that the row is not made. */
  readonly let_be: string | null;
  readonly columns: Columns;
  readonly bases: Readonly<
    Record<string, { s: FieldValue; g?: FieldValue; void?: boolean; apart?: boolean }>
  >;
};

export type ConflictRow = {
  readonly id: string;
  readonly kind: string;
  readonly record: string;
  readonly field: string | null;
  readonly state: string;
  readonly reason: string;
  readonly revision: number;
  readonly candidates: readonly { from: string; link: string | null; value: FieldValue }[];
};

export type QuarantineRow = {
  readonly id: string;
  readonly kind: "value" | "row" | "delivery";
  readonly record: string | null;
  readonly link: string | null;
  readonly binding: string;
  readonly external_id: string | null;
  readonly field: string | null;
  readonly code: string;
  readonly value: { readonly value?: FieldValue };
  readonly columns: Columns | null;
  readonly state: string;
};

export type DeliveryRow = {
  readonly link: string;
  readonly system: string;
  readonly partition: number;
  readonly state: "due" | "sent" | "parked";
  readonly next_at: string;
  readonly failure: string | null;
};

export type AttemptRow = {
  readonly id: string;
  readonly link: string;
  readonly record: string;
  readonly binding: string;
  readonly operation: string;
  readonly transaction: string | null;
  readonly external_id: string | null;
  readonly state: string;
  readonly sent: Readonly<Record<string, FieldValue>>;
};

export type CaptureRow = {
  readonly system: string;
  readonly position: string | null;
  readonly loaded: Readonly<Record<string, string>>;
};

/** A line of the audit log. JSON null and nothing there are told apart by `has_…`. */
export type AuditRow = {
  readonly stream: string;
  readonly number: number;
  readonly kind: string;
  readonly actor: string;
  /** Empty for a row that never was a record's. */
  readonly record: string;
  readonly link: string | null;
  readonly system: string | null;
  readonly field: string | null;
  readonly before: FieldValue;
  readonly after: FieldValue | Readonly<Record<string, FieldValue>>;
  readonly has_before: boolean;
  readonly has_after: boolean;
  readonly losers: readonly { from: string; value: FieldValue }[] | null;
  readonly rule: string;
  readonly cause: Readonly<Record<string, string | null>>;
  readonly map_version: number;
  /** When it was recorded, ISO 8601. */
  readonly at: string;
};

/** A published version, and when it was. */
export type Version = { readonly document: MapDocument; readonly at: string };

/**
 * A call of unknown outcome seems to have made a row, and whose the row is a person is asked: what
 * is to become of its place waits for the answer.
 */
export function waitsForItsRow(view: HubView, link: string): boolean {
  const guesses = view.attempts.filter((one) => one.link === link && one.state === "unknown");
  return view.quarantine.some(
    ({ kind, state, binding, external_id }) =>
      kind === "row" &&
      state === "held" &&
      guesses.some((one) => one.binding === binding && one.external_id === external_id),
  );
}
