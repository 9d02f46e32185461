import postgres from "postgres";
import type { Excuses } from "./agreement.ts";
import type { EntityName, SystemName } from "./journal.ts";

/** One line of the audit log about one field of one business key, as plain SQL reads it. */
export type Line = {
  readonly stream: string;
  readonly number: number;
  /** Milliseconds. */
  readonly at: number;
  readonly kind: string;
  readonly actor: string;
  readonly system: SystemName | null;
  readonly entity: EntityName;
  readonly record: string;
  readonly key: string;
  readonly field: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly losers: readonly { readonly from: string; readonly value: string | null }[];
  readonly rule: string;
  readonly position: string | null;
};

export type OpenQuestion = {
  readonly id: string;
  readonly entity: EntityName;
  readonly key: string;
  readonly field: string | null;
  readonly candidates: readonly { readonly from: string; readonly value: string | null }[];
};

/** What the hub tells of itself by plain SQL. */
export type HubLog = {
  readonly lines: readonly Line[];
  readonly questions: readonly OpenQuestion[];
  /** What waits in quarantine, in words. */
  readonly quarantine: readonly string[];
  /** Business keys with more than one record that is not deleted. */
  readonly doubled: readonly string[];
};

const KEY_OF = `case r.entity when 'product' then r.values->'sku'->>'v'
  else lower(trim(r.values->'email'->>'v')) end`;

/** @param since only lines after this moment, in milliseconds of the hub's clock */
export async function readHubLog(url: string, since = 0): Promise<HubLog> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const lines = await sql.unsafe(
      `select a.stream, a.number::float8 as number, extract(epoch from a.at)::float8 * 1000 as at,
        a.kind, a.actor, a.system, a.entity, a.record, coalesce(${KEY_OF}, '') as key, a.field,
        a.before, a.after, a.losers, a.rule, a.cause->>'position' as position
      from audit_entries a left join records r on r.id = a.record
      where a.at >= to_timestamp($1::float8 / 1000) order by a.at, a.stream, a.number`,
      [since],
    );
    const questions = await sql.unsafe(
      `select c.id, c.entity, coalesce(${KEY_OF}, '') as key, c.field, c.candidates
      from conflicts c left join records r on r.id = c.record where c.state = 'open'`,
    );
    const held = await sql<{ words: string }[]>`
      select concat_ws(' ', binding, external_id, field, code, message) as words
      from quarantine where state = 'held'`;
    const doubled = await sql.unsafe(
      `select r.entity, ${KEY_OF} as key from records r where deleted_at is null
      group by 1, 2 having count(*) > 1`,
    );
    return {
      lines: lines.flatMap(linesOf),
      questions: questions.map((row) => ({
        ...{ id: row["id"], entity: row["entity"], key: row["key"], field: row["field"] },
        candidates: losersOf(row["candidates"]),
      })),
      quarantine: held.map(({ words }) => words),
      doubled: doubled.map((row) => `${row["entity"]} ${row["key"]} has two records`),
    };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** A made record or row tells all its values in one line: one line for each of them here. */
function linesOf(row: postgres.Row): Line[] {
  const { before, after, losers, ...rest } = row as RawLine;
  const line = { ...rest, losers: losersOf(losers) };
  if (row["kind"] !== "created" && row["kind"] !== "row-created") {
    return [{ ...line, before: textOf(before), after: textOf(after) }];
  }
  return Object.entries(after ?? {}).map(([field, value]) => ({
    ...{ ...line, field, before: null, after: textOf(value) },
  }));
}

type RawLine = Omit<Line, "before" | "after" | "losers"> & {
  readonly before: unknown;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly losers: unknown;
};

function losersOf(value: unknown): { from: string; value: string | null }[] {
  if (!Array.isArray(value)) return [];
  return value.map((one) => ({ from: String(one.from), value: textOf(one.value) }));
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Where systems may differ: under an open question, or kept apart by a rule. */
export function excusesOf({ lines, questions }: HubLog): Excuses {
  const excuses = new Set<string>();
  for (const { entity, key, field } of questions) {
    if (field !== null) excuses.add(`${entity} ${key} ${field}`);
  }
  for (const { entity, key, field, system, kind } of lines) {
    const place = `${entity} ${key} ${field} ${system}`;
    if (kind === "kept-apart") excuses.add(place);
    // Later its value was taken, or met the hub's again.
    else if (kind === "accepted" || kind === "converged") excuses.delete(place);
  }
  return excuses;
}
