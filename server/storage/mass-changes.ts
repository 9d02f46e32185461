import { z } from "zod";
import type { Transaction } from "../../db/client.ts";

/** A change of many records at once that waits for a person's word. */
const WaitingChange = z.object({
  /** Rows that were missing when it was noticed, and rows that there were. */
  gone: z.int(),
  live: z.int(),
  /** The enumeration that did not see them; null where the object was emptied. */
  seenIn: z.string().nullable(),
  /** The place in the system's order up to which they were looked for. */
  before: z.string(),
});
export type WaitingChange = z.infer<typeof WaitingChange>;

/** Reads what a waiting run asks; null where its detail is words. */
export function readWaitingChange(detail: string | null): WaitingChange | null {
  try {
    return WaitingChange.parse(JSON.parse(detail ?? ""));
  } catch {
    return null;
  }
}

export type WaitingRun = {
  readonly binding: string | null;
  readonly state: string;
  /** Null when it waits no more. */
  readonly change: WaitingChange | null;
};

/** A run of this kind, held until the transaction ends; null where there is none of this id. */
export async function lockWaitingRun(tx: Transaction, id: string): Promise<WaitingRun | null> {
  const [row] = await tx<{ binding: string | null; state: string; detail: string | null }[]>`
    select binding, state, detail from runs where id = ${id} and kind = 'mass-change' for update`;
  if (row === undefined) return null;
  const { binding, state, detail } = row;
  return { binding, state, change: state === "waiting" ? readWaitingChange(detail) : null };
}
