import type { Transaction } from "../../db/client.ts";
import type { AuditEntry } from "../core/audit/audit-entry.ts";
import type { LinkId } from "../core/ids.ts";
import type { FieldProblem, LinkState, RecordState } from "../core/reconcile/state.ts";
import { awaitedBy } from "./held-rows.ts";
import { tellIfLet } from "./notify.ts";
import { arrayParameter, rowsParameter } from "./rows.ts";

/** A value that a target does not take, now waiting for a person. */
export type Refusal = {
  readonly id: string;
  readonly record: RecordState;
  readonly link: LinkState;
  readonly problem: FieldProblem;
};

/** Holds what a target does not take; a repeated refusal of the same place counts on. */
export async function holdDeliveries(
  tx: Transaction,
  refusals: readonly Refusal[],
  at: { now: string; mapVersion: number },
): Promise<void> {
  if (refusals.length === 0) return;
  const places = new Map(
    refusals.map((refusal) => [`${refusal.link.id}\n${refusal.problem.field}`, refusal]),
  );
  const rows = [...places.values()].map(({ id, record, link, problem }) => ({
    id,
    entity: record.entity,
    record: record.id,
    link: link.id,
    binding: link.binding,
    system: link.system,
    externalId: link.externalId,
    field: problem.field,
    code: problem.code,
    message: problem.message,
    value: problem.value === null ? {} : { value: problem.value },
    ...awaitedBy(problem),
  }));
  await tx`
    insert into quarantine (id, kind, entity, record, link, binding, system, external_id, field,
      code, message, value, awaits_binding, awaits_id, columns, state, tries, held_at, map_version)
    select id, 'delivery', entity, record, link, binding, system, "externalId", field, code,
      message, value, "awaitsBinding", "awaitsId", null, 'held', 1, ${at.now}, ${at.mapVersion}
    from json_to_recordset(${rowsParameter(tx, rows)}) as q(id uuid, entity text, record uuid,
      link uuid, binding text, system text, "externalId" text, field text, code text,
      message text, value jsonb, "awaitsBinding" text, "awaitsId" text)
    on conflict (binding, (coalesce(external_id, link::text)), kind, (coalesce(field, '')))
      where state = 'held'
    do update set code = excluded.code, message = excluded.message, value = excluded.value,
      awaits_binding = excluded.awaits_binding, awaits_id = excluded.awaits_id,
      tries = quarantine.tries + 1, map_version = excluded.map_version`;
}

/** Of these links only the named fields still wait; what else did is on its way or not due. */
export async function releaseDeliveries(
  tx: Transaction,
  planned: readonly { link: LinkId; waiting: readonly string[] }[],
  now: string,
): Promise<void> {
  if (planned.length === 0) return;
  const held = await tx<{ link: LinkId }[]>`
    select distinct link from quarantine where state = 'held' and kind = 'delivery'
      and link = any(${arrayParameter(planned.map(({ link }) => link))}::uuid[])`;
  if (held.length === 0) return;
  const links = new Set(held.map(({ link }) => link));
  const rows = planned.filter(({ link }) => links.has(link));
  await tellIfLet(
    tx,
    tx`
    update quarantine set state = 'resolved', released_at = ${now}, released_by = 'engine'
    from json_to_recordset(${rowsParameter(tx, rows)}) as p(link uuid, waiting text[])
    where quarantine.link = p.link and not (quarantine.field = any(p.waiting))
      and quarantine.state = 'held' and quarantine.kind = 'delivery'
    returning 1`,
  );
}

/** The audit line of a value that a target does not take. */
export function refusalLine({ record, link, problem, id }: Refusal): AuditEntry {
  return {
    kind: "quarantined",
    actor: `system:${link.system}`,
    entity: record.entity,
    record: record.id,
    link: link.id,
    system: link.system,
    field: problem.field,
    ...(problem.value === null ? {} : { losers: [{ from: "hub", value: problem.value }] }),
    rule: "target-limit",
    cause: { quarantine: id, detail: problem.message },
  };
}
