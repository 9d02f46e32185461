import type { Transaction } from "../../../db/client.ts";
import type { Row, Session } from "../../connectors/connector.ts";
import type { EntityId, LinkId } from "../../core/ids.ts";
import { NOBODY, type Refer } from "../../core/mapping/refer.ts";
import type { BindingRules } from "../../core/plan/compile-map.ts";
import type { Columns } from "../../core/values/field-value.ts";
import { findNamed, leadOn } from "../../engine/references.ts";
import {
  type LinkedRow,
  type LooseRow,
  linkedRows,
  liveLinksAfter,
  looseRows,
  type StandingField,
  standingFields,
  waitingBindings,
} from "../../storage/screens/command-line-verify.ts";
import type { CliContext } from "../cli-context.ts";
import { compareRow, type Reason, type Verdict } from "./compare-row.ts";

/** A difference that nothing explains. */
export type Difference = {
  readonly binding: string;
  readonly externalId: string;
  readonly record: string | null;
  readonly field: string | null;
  readonly detail: string;
};

export type BindingReport = {
  readonly binding: string;
  rows: number;
  /** Field values that were compared, and how that ended. */
  equal: number;
  readonly explained: Partial<Record<Reason, number>>;
  readonly differences: Difference[];
};

const PAGE_ROWS = 1_000;
/** A difference may be an edit on its way: it is looked at again so often, so long apart. */
const LOOKS_MAX = 6;
const LOOK_AGAIN_MS = 1_000;
/** More differences than this are no edits on their way. */
const LOOK_AGAIN_ROWS_MAX = 2_000;

/** Compares every row of one binding's object with the hub, and every link with the rows. */
export async function verifyBinding(
  cli: CliContext,
  session: Session,
  rules: BindingRules,
): Promise<BindingReport> {
  const { binding } = rules;
  const report: BindingReport = {
    ...{ binding: binding.id, rows: 0, equal: 0, explained: {}, differences: [] },
  };
  const tell: Tell = (place, verdict) => note(report, place, verdict);
  const seen = new Set<string>();
  for await (const page of session.readAll(binding.object, PAGE_ROWS)) {
    for (const { externalId } of page) seen.add(externalId);
    report.rows += page.length;
    await compareRows(cli, rules, page, tell);
  }
  const lost = await linksWithoutRow(cli, binding.id, seen);
  await noteLost(cli, rules, lost, tell);
  await lookAgain(cli, session, rules, report);
  return report;
}

/** Takes one verdict after the other. */
type Tell = (place: Omit<Difference, "detail">, verdict: Verdict) => void;

async function compareRows(
  cli: CliContext,
  rules: BindingRules,
  rows: readonly Row[],
  tell: Tell,
): Promise<void> {
  const { id } = rules.binding;
  const { linked, standing, refer } = await loadLinked(cli, rules, rows);
  const loose = rows.filter(({ externalId }) => !linked.has(externalId));
  for (const { externalId, columns } of rows) {
    const link = linked.get(externalId);
    if (link === undefined) continue;
    const own = standing.filter(({ record }) => record === link.record);
    for (const { field, verdict } of compareRow(rules, columns, link, own, refer)) {
      const place = { binding: id, externalId, record: link.record, field: field || null };
      tell(place, verdict);
    }
  }
  await noteLoose(cli, rules, loose, tell);
}

/** One snapshot for all of it: a delivery that ends between two queries would explain nothing. */
async function loadLinked(
  { hub }: CliContext,
  rules: BindingRules,
  rows: readonly Row[],
): Promise<{ linked: Map<string, LinkedRow>; standing: StandingField[]; refer: Refer }> {
  const ids = rows.map(({ externalId }) => externalId);
  return await hub.sql.begin("isolation level repeatable read read only", async (tx) => {
    const found = await linkedRows(tx, rules.binding.id, ids);
    const { links, refer } = await referring(tx, rules, found, rows);
    const standing = await standingFields(
      tx,
      links.map(({ record }) => record),
    );
    return { linked: new Map(links.map((one) => [one.externalId, one])), standing, refer };
  });
}

/** The rows with each reference to a merged record as one to the record that it is now. */
async function referring(
  tx: Transaction,
  rules: BindingRules,
  found: readonly LinkedRow[],
  rows: readonly Row[],
): Promise<{ links: readonly LinkedRow[]; refer: Refer }> {
  const { mapping, binding, entity } = rules;
  if (mapping.references.length === 0) return { links: found, refer: NOBODY };
  const named = await findNamed(
    tx,
    rows.flatMap(({ columns }) => mapping.namedRows(columns, null)),
  );
  const entityId = binding.entity as EntityId;
  const records = new Map(found.map((one) => [one.record, { ...one, entity: entityId }]));
  const { loaded, refer } = await leadOn(
    tx,
    { records, links: new Map() },
    {
      rules: {
        bindings: new Map(),
        entities: new Map([[entityId, entity]]),
        referredTo: new Set([entityId]),
        namings: new Map(mapping.namings.map((naming) => [naming.space, naming])),
      },
      named,
      places: true,
    },
  );
  const values = (record: LinkedRow["record"]) => loaded.records.get(record)?.values;
  const links = found.map((one) => ({ ...one, values: values(one.record) ?? one.values }));
  return { links, refer };
}

/** Rows that belong to no record: held, unlinked, not wanted, or forgotten. */
async function noteLoose(
  { hub }: CliContext,
  rules: BindingRules,
  rows: readonly Row[],
  tell: Tell,
): Promise<void> {
  if (rows.length === 0) return;
  const { id } = rules.binding;
  const outside = new Set(
    rows.filter(({ columns }) => isOutside(rules, columns)).map(({ externalId }) => externalId),
  );
  const ids = rows.map(({ externalId }) => externalId);
  for (const row of await looseRows(hub.sql, id, ids)) {
    const place = { binding: id, externalId: row.externalId, record: null, field: null };
    const reason = outside.has(row.externalId) ? "outside" : whyLoose(rules, row);
    if (reason !== null) tell(place, { kind: "explained", reason });
    else tell(place, { kind: "unexplained", detail: "The row belongs to no record." });
  }
}

function whyLoose({ binding }: BindingRules, row: LooseRow): Reason | null {
  const { isHeld, isOurs, lastLink } = row;
  if (isHeld) return "quarantined";
  if (isOurs) return "due";
  if (lastLink === "archived") return "left";
  return lastLink === "unlinked" || !binding.createsRecords ? "not-linked" : null;
}

const isOutside = ({ scope }: BindingRules, columns: Columns): boolean =>
  (scope?.missOf(columns) ?? null) !== null;

async function linksWithoutRow(
  { hub }: CliContext,
  binding: string,
  seen: ReadonlySet<string>,
): Promise<string[]> {
  const lost: string[] = [];
  let after: LinkId | null = null;
  do {
    const page: Awaited<ReturnType<typeof liveLinksAfter>> = await liveLinksAfter(hub.sql, {
      ...{ binding, after, countMax: PAGE_ROWS },
    });
    lost.push(...page.map(({ externalId }) => externalId).filter((id) => !seen.has(id)));
    after = page.length < PAGE_ROWS ? null : (page.at(-1)?.link ?? null);
  } while (after !== null);
  return lost;
}

async function noteLost(
  cli: CliContext,
  rules: BindingRules,
  externalIds: readonly string[],
  tell: Tell,
): Promise<void> {
  if (externalIds.length === 0) return;
  const { id } = rules.binding;
  const rows = externalIds.map((externalId) => ({ externalId, columns: {} }));
  const { linked, standing } = await loadLinked(cli, rules, rows);
  const isWaiting = (await waitingBindings(cli.hub.sql)).has(id);
  for (const externalId of externalIds) {
    const link = linked.get(externalId);
    if (link === undefined) continue;
    const place = { binding: id, externalId, record: link.record, field: null };
    const stands = standing.find(({ record }) => record === link.record);
    tell(place, lostVerdict(link, stands?.why ?? null, isWaiting));
  }
}

function lostVerdict(
  link: LinkedRow,
  why: "held" | "quarantined" | null,
  isWaiting: boolean,
): Verdict {
  if (why !== null) return { kind: "explained", reason: why };
  if (isWaiting) return { kind: "explained", reason: "to-approve" };
  if (link.delivery === "parked") return { kind: "explained", reason: "quarantined" };
  if (link.delivery !== null) return { kind: "explained", reason: "due" };
  return { kind: "unexplained", detail: "The record is linked to a row that is not there." };
}

function note(report: BindingReport, place: Omit<Difference, "detail">, verdict: Verdict): void {
  switch (verdict.kind) {
    case "equal":
      report.equal += 1;
      return;
    case "explained":
      report.explained[verdict.reason] = (report.explained[verdict.reason] ?? 0) + 1;
      return;
    case "unexplained":
      report.differences.push({ ...place, detail: verdict.detail });
  }
}

/** Work goes on while we look: what differs is read again, on both sides, until it stays. */
async function lookAgain(
  cli: CliContext,
  session: Session,
  rules: BindingRules,
  report: BindingReport,
): Promise<void> {
  for (let looks = 0; looks < LOOKS_MAX && report.differences.length > 0; looks += 1) {
    const ids = [...new Set(report.differences.map(({ externalId }) => externalId))];
    if (ids.length > LOOK_AGAIN_ROWS_MAX || cli.signal.aborted) return;
    await cli.clock.sleep(LOOK_AGAIN_MS, cli.signal).catch(() => undefined);
    await compareAgain(cli, session, rules, { report, ids });
  }
}

async function compareAgain(
  cli: CliContext,
  session: Session,
  rules: BindingRules,
  { report, ids }: { report: BindingReport; ids: readonly string[] },
): Promise<void> {
  const before = report.differences.splice(0);
  const asked = new Set(before.map(placeOf));
  // Only what differed is counted again; of a row that had no record, everything.
  const tell: Tell = (place, verdict) => {
    const isAsked = asked.has(placeOf(place)) || asked.has(placeOf({ ...place, field: null }));
    if (isAsked) note(report, place, verdict);
  };
  const rows = await session.readByIds(rules.binding.object, ids);
  const found = new Set(rows.map(({ externalId }) => externalId));
  await compareRows(cli, rules, rows, tell);
  const missing = ids.filter((id) => !found.has(id));
  await noteLost(cli, rules, missing, tell);
}

function placeOf({ externalId, field }: Pick<Difference, "externalId" | "field">): string {
  return JSON.stringify([externalId, field]);
}
