import { type Agreement, compareSystems } from "./agreement.ts";
import { excusesOf, type HubLog, readHubLog } from "./hub-log.ts";
import type { JournalEntry } from "./journal.ts";
import { type Addresses, readSandbox, type SystemRows } from "./sandbox-rows.ts";
import { type Trace, traceJournal } from "./trace.ts";

/** What a look at the systems found, with what it was found from. */
export type Checked = {
  readonly agreement: Agreement;
  readonly rows: readonly SystemRows[];
  readonly log: HubLog;
};

/** Compares the three systems and the hub by plain SQL. */
export async function checkAgreement(addresses: Addresses): Promise<Checked> {
  const rows = await readSandbox(addresses);
  const log = await readHubLog(addresses.hub);
  return { agreement: compareSystems(rows, excusesOf(log)), rows, log };
}

/**
 * Follows the editors' journals through the audit log to what the systems hold.
 * @param story `before`: the rows as they were before the first edit; `since`: when that was
 */
export function checkJournal(
  { rows, log }: Checked,
  story: {
    readonly journal: readonly JournalEntry[];
    readonly before: readonly SystemRows[];
    readonly since: number;
  },
): Trace {
  const lines = log.lines.filter(({ at }) => at >= story.since);
  const { journal, before } = story;
  return traceJournal({ journal, log: { ...log, lines }, before, after: rows });
}
