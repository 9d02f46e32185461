import type { AuditKind } from "../audit/audit-entry.ts";
import { placeIn } from "./identify.ts";
import type { Attempt, LinkState, MappedObservation } from "./state.ts";
import { leftLink, linkOf, putLink, recordOf, type Working } from "./world.ts";

/**
 * Our own write put the row away: from now on it is followed, and nothing of it is read or written,
 * until its record comes back. Whatever the system stored, the write was made once and is over.
 */
export function putAway(
  work: Working,
  { id }: LinkState,
  observation: MappedObservation,
  attempt: Attempt,
): void {
  const link = linkOf(work, id);
  const archive = work.world.map.bindings.get(observation.binding)?.archive ?? null;
  if (link?.state !== "live" || archive === null || !carriesNothing(attempt)) return;
  // The other write without a field: it brings back a row of which nothing else is due.
  if (archive.isBack({ ...link.columns, ...observation.columns })) return;
  putLink(work, { ...link, state: "archived" });
  tell(work, link, observation, { kind: "row-archived", attempt });
}

const carriesNothing = ({ operation, sent }: Attempt): boolean =>
  operation === "update" && Object.keys(sent).length === 0;

/**
 * Our own write brought the row back: it is its record's again.
 * @returns undefined where another row has its place by now
 */
export function bringBack(
  work: Working,
  place: LinkState,
  observation: MappedObservation,
  attempt: Attempt,
): LinkState | undefined {
  if (placeIn(work, place.record, place.binding) !== undefined) return undefined;
  const live: LinkState = { ...place, state: "live" };
  putLink(work, live);
  tell(work, live, observation, { kind: "row-restored", attempt });
  return live;
}

/** Is this news of a row that is put away still, whatever else somebody did to it there? */
export function staysAway(work: Working, observation: MappedObservation): boolean {
  const { binding, externalId, columns } = observation;
  const link = leftLink(work, binding, externalId);
  if (link?.state !== "archived") return false;
  const archive = work.world.map.bindings.get(binding)?.archive ?? null;
  // Without a rule nobody can say: it stays as long as its record is deleted.
  if (archive === null) return recordOf(work, link.record)?.deletedAt !== null;
  const now = { ...link.columns, ...columns };
  // A system may have stored another value than we sent: it stays until that one changes.
  return archive.isPutAway(now) || archive.isSame(now, link.columns);
}

function tell(
  work: Working,
  link: LinkState,
  { position, transaction, at }: MappedObservation,
  told: { readonly kind: AuditKind; readonly attempt: Attempt },
): void {
  const record = recordOf(work, link.record);
  if (record === undefined) return;
  work.changes.audit.push({
    kind: told.kind,
    actor: "engine",
    entity: record.entity,
    record: record.id,
    link: link.id,
    system: link.system,
    field: null,
    rule: "delivery",
    cause: { position, transaction, at, attempt: told.attempt.id },
  });
}
