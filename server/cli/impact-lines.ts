import { fuseSentence } from "../core/impact/fuses.ts";
import type { Evaluated, Impact, ImpactRow, SystemImpact } from "../core/impact/impact.ts";
import { estimateOf, evaluatedSentence, rangeOf, rowsLookedAt } from "../core/impact/interval.ts";
import type { MapDocument } from "../core/map/document.ts";
import { fieldName, systemName } from "../core/map/place.ts";
import { formatValue } from "../core/values/format-value.ts";
import { count, table } from "./table.ts";

export type ImpactToTell = {
  /** Of which map. */
  readonly title: string;
  readonly document: MapDocument;
  readonly impact: Impact;
  /** Every record was asked for. */
  readonly all: boolean;
  readonly rowsMax: number;
};

/** An impact as a person reads it: the counts, how sure they are, and some of the rows. */
export function impactLines({ title, document, impact, all, rowsMax }: ImpactToTell): string[] {
  const name = (system: string | null) => (system === null ? "Hub" : systemName(document, system));
  const { hub, conflicts, quarantine, evaluated, fuses } = impact;
  const ofRecords = (count: number) => told(evaluated, count, evaluated.records);
  const counts = table([
    ["", "new", "changed", "unchanged", "blocked", "deleted", "calls"],
    ["Hub", ofRecords(hub.created), ofRecords(hub.changed), "", "", ofRecords(hub.deleted), ""],
    ...impact.systems.map((one) => [name(one.system), ...countsOf(evaluated, one)]),
  ]);
  const [asked, held] = [conflicts, quarantine].map(
    ({ appear, vanish }) => `${ofRecords(appear)} more, ${ofRecords(vanish)} fewer.`,
  );
  const shown = impact.rows.slice(0, rowsMax);
  const more = impact.rowsLeftOut + impact.rows.length - shown.length;
  return [
    `What publishing ${title} would change:`,
    ...counts,
    `Questions: ${asked} Held: ${held}`,
    ...sureness(evaluated, { name, all }),
    ...fuses.map((fuse) => `! ${fuseSentence(fuse, name(fuse.system))}`),
    ...shown.flatMap((row) => rowLines(document, row, name(row.system))),
    ...(more > 0 ? [`${count(more, "row")} more.`] : []),
  ];
}

function countsOf(evaluated: Evaluated, one: SystemImpact): string[] {
  const { created, changed, unchanged, blocked, deleted, calls } = one;
  const rows = rowsLookedAt(one);
  const numbers = [created, changed, unchanged, blocked, deleted];
  const whole = estimateOf(evaluated, calls);
  const about = evaluated.records < evaluated.of && whole > 0 ? `~${whole}` : String(whole);
  return [...numbers.map((number) => told(evaluated, number, rows)), about];
}

/** A number where all was looked at, and the range of a sample. */
function told(evaluated: Evaluated, number: number, rows: number): string {
  const { low, high } = rangeOf(evaluated, number, rows);
  return low === high ? String(low) : `${low}–${high}`;
}

function sureness(
  evaluated: Evaluated,
  { name, all }: { readonly name: (system: string) => string; readonly all: boolean },
): string[] {
  const { records, of, unread, doubts } = evaluated;
  const missing = unread.map(
    ({ system, object, why }) =>
      `Not exact: ${object} of ${name(system)} could not be read (${why}); what the hub knows of it was used.`,
  );
  const more = records < of && !all ? " --all looks at every record." : "";
  return [`${evaluatedSentence(evaluated)}${more}`, ...missing, ...doubts];
}

const SIGNS = { created: "+", changed: "~", deleted: "-", blocked: "!" } as const;

function rowLines(document: MapDocument, row: ImpactRow, system: string): string[] {
  const key = row.externalId === null ? "" : ` (${row.externalId})`;
  const cells = row.cells.map(({ field, before, after }) => {
    const from = before === undefined ? "nothing" : formatValue(before);
    const to = after === undefined ? "nothing" : formatValue(after);
    return `    ${fieldName(document, row.entity, field)}: ${from} → ${to}`;
  });
  const why = row.why === null ? [] : [`    ${row.why}`];
  return [`${SIGNS[row.change]} ${system} ${row.title}${key}`, ...cells, ...why];
}
