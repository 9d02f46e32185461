import type { FieldValue } from "../values/field-value.ts";

/**
 * What a version of the map would change, were it published now: found by deciding all that the
 * engine would decide, and keeping nothing of it.
 */
export type Impact = {
  readonly evaluated: Evaluated;
  /** The hub's own records. */
  readonly hub: HubImpact;
  /** Every system of the map, in its order. */
  readonly systems: readonly SystemImpact[];
  /** Questions that somebody would be asked, and those that nobody would be asked any more. */
  readonly conflicts: News;
  /** The same for what is held. */
  readonly quarantine: News;
  /** Some of the rows of each system and kind; the counts have all of them. */
  readonly rows: readonly ImpactRow[];
  readonly rowsLeftOut: number;
  readonly fuses: readonly Fuse[];
};

/** How far one may rely on the counts. */
export type Evaluated = {
  /** Living records of the hub that were looked at, and how many there are. */
  readonly records: number;
  readonly of: number;
  /** Objects that would have to be read from their system, which could not be. */
  readonly unread: readonly Unread[];
  /** What a sample cannot tell, in sentences; none where all was looked at. */
  readonly doubts: readonly string[];
};

export type Unread = { readonly system: string; readonly object: string; readonly why: string };

/** Was all of it looked at? */
export const isExact = ({ records, of, unread }: Evaluated): boolean =>
  records === of && unread.length === 0;

export type News = { readonly appear: number; readonly vanish: number };

export type HubImpact = {
  readonly created: number;
  readonly changed: number;
  readonly deleted: number;
};

export type SystemImpact = {
  readonly system: string;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows that would have to change, or be made, and cannot be as a whole. */
  readonly blocked: number;
  readonly deleted: number;
  /** Rows that were the hub's before, among those that were looked at. */
  readonly rows: number;
  /** Rows that are read again because what they mean has changed. */
  readonly reads: number;
  /** Calls to write: one for each object and operation of a batch. */
  readonly calls: number;
  /** Rows that lose or change a value by which records are matched. */
  readonly keys: number;
};

export const ROW_CHANGES = ["created", "changed", "deleted", "blocked"] as const;
export type RowChange = (typeof ROW_CHANGES)[number];

export type ImpactRow = {
  /** Null: a record of the hub itself. */
  readonly system: string | null;
  readonly change: RowChange;
  readonly entity: string;
  /** Null for a record that the version would make. */
  readonly record: string | null;
  readonly title: string;
  /** The row's key; null where it is still to be made. */
  readonly externalId: string | null;
  readonly cells: readonly CellChange[];
  /** Why it is blocked, or what of it waits; null where nothing does. */
  readonly why: string | null;
};

export type CellChange = {
  /** A field of the entity; of a row that is put away, a column. */
  readonly field: string;
  /** Missing where nothing was there. */
  readonly before?: FieldValue;
  readonly after?: FieldValue;
};

/** What nobody should publish without a reason in their own words. */
export type Fuse = {
  readonly kind: FuseKind;
  readonly system: string;
  readonly count: number;
  /** Of so many rows. */
  readonly of: number;
  /** The numbers are reckoned from a sample. */
  readonly isAbout?: true;
};

export const FUSE_KINDS = ["deletes", "keys", "share"] as const;
export type FuseKind = (typeof FUSE_KINDS)[number];
