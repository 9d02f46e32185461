/** Delivery work of one system is spread over this many leases. */
export const DELIVERY_PARTITIONS = 2;

/** The lease of one of them. */
export const deliveryPartition = (system: string, number: number): string =>
  `deliver:${system}:${number}`;

/** Work on one record stays in one partition. */
export function partitionOf(record: string): number {
  return Number.parseInt(record.slice(-1), 16) % DELIVERY_PARTITIONS;
}
