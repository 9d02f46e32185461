/** What an editor knows of one commit of its own. Times are this machine's, in milliseconds. */
export type JournalEntry = {
  readonly system: SystemName;
  readonly entity: EntityName;
  /** The business key: SKU or e-mail address in lower case. */
  readonly key: string;
  readonly field: string;
  /** The value that was set, as text in the common form; of a delta, what was added. */
  readonly value: string;
  readonly kind: "set" | "delta" | "insert";
  readonly startedAt: number;
  readonly endedAt: number;
};

export type SystemName = "erp" | "shop" | "crm";
export type EntityName = "product" | "customer";
