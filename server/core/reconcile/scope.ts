import type { Rule } from "../audit/audit-entry.ts";
import type { MatchKey } from "../plan/compile-map.ts";
import type { Position } from "../position.ts";
import { dueFields, heldFields } from "./due.ts";
import { placeIn } from "./identify.ts";
import { letDeliveriesGo } from "./let-go.ts";
import { rowLine } from "./lines.ts";
import { explainApart } from "./own-write.ts";
import { endRecord, leaveContests } from "./row-gone.ts";
import type { Attempt, LinkState, MappedObservation } from "./state.ts";
import {
  conflictsOf,
  heldOf,
  leftLink,
  linkOf,
  putLink,
  recordOf,
  release,
  rowKey,
  type Working,
} from "./world.ts";

/**
 * A row has left its binding's scope: its link ends, and nothing is touched on either side. Its
 * bases are kept for the day when it comes back. What else the same event changed is not read, for
 * the row is nobody's business any more. It is taken for gone by an event alone: a whole read finds
 * rows outside when a map was published with another scope, and nobody there has done anything.
 * @param own our own write put it outside: then it is never taken for gone
 */
export function leaveScope(
  work: Working,
  { id }: LinkState,
  observation: MappedObservation,
  own: boolean,
): void {
  const link = linkOf(work, id);
  const record = link === undefined ? undefined : recordOf(work, link.record);
  const rules = work.world.map.bindings.get(observation.binding);
  if (link === undefined || record === undefined || rules === undefined) return;
  const held = heldFields(rules.entity, conflictsOf(work, record.id), heldOf(work, record.id));
  const clean = dueFields(rules, record, link, held).length === 0;
  follow(work, { ...link, state: "left" }, observation);
  leaveContests(work, link);
  release(work, record.id, (one) => one.link === id);
  letDeliveriesGo(work, id, { actor: "engine", note: "The row left the scope." });
  tell(work, link, observation, {
    kind: "unlinked",
    actor: own ? "engine" : `system:${link.system}`,
    detail: observation.outside ?? "",
  });
  const isTakenForGone =
    rules.scope?.whenLeft === "gone" && !own && observation.enumerated !== true;
  if (isTakenForGone && record.deletedAt === null) {
    endRecord(work, link, { rules, clean, why: "left-scope" });
  }
}

/**
 * A row outside that is linked to nobody: it is followed for the day when it comes back, and
 * neither matched nor kept.
 */
export function stayOutside(work: Working, observation: MappedObservation): void {
  const left = leftLink(work, observation.binding, observation.externalId);
  if (left !== undefined) follow(work, left, observation);
}

/** A row that was outside is gone. Nobody is told: to its record it was gone before. */
export function goneOutside(
  work: Working,
  observation: MappedObservation,
  attempt: Attempt | undefined,
): void {
  const left = leftLink(work, observation.binding, observation.externalId);
  if (left === undefined) return;
  if (attempt !== undefined) explainApart(work, attempt);
  // That it is gone is what waits for a person.
  if (left.state === "missing") putLink(work, { ...left, position: observation.position });
  else bury(work, left, observation.position);
}

/** Told already, while it was outside. */
export function isLateOutside(work: Working, observation: MappedObservation): boolean {
  const left = leftLink(work, observation.binding, observation.externalId);
  const position = left?.position ?? null;
  return position !== null && observation.position <= position;
}

/**
 * A row that was outside lies inside again: it is the record's that it was, with its bases as they
 * were, so that what both sides did meanwhile is compared. One that shares no match key with what
 * it was is another thing under an old id, and is matched like any unknown row.
 * @returns the link that lives again
 */
export function comeBack(work: Working, observation: MappedObservation): LinkState | undefined {
  const { binding, externalId } = observation;
  const left = leftLink(work, binding, externalId);
  if (left === undefined) return undefined;
  const record = recordOf(work, left.record);
  const isFree = placeIn(work, left.record, binding) === undefined;
  const isSame = isTheSame(work, left, observation);
  if (record?.deletedAt !== null || !isFree || !isSame) {
    // What becomes of a row that is gone is a person's to say still.
    if (left.state !== "missing") forgetOutside(work, observation);
    return undefined;
  }
  const live: LinkState = { ...left, state: "live" };
  putLink(work, live);
  tell(work, live, observation, {
    kind: "linked",
    actor: "engine",
    ...comingBack(left),
  });
  return live;
}

function comingBack({ state }: LinkState): { readonly rule: Rule; readonly detail: string } {
  if (state === "missing") return { rule: "mass-change", detail: "The row is there again." };
  if (state === "doubted") {
    return { rule: "id-reused", detail: "The row is what it was again." };
  }
  if (state === "left") return { rule: "scope", detail: "The row lies in the scope again." };
  return { rule: "scope", detail: "Somebody has brought the row back there." };
}

/** What was outside under this id is another row than the one that has it now. */
export function forgetOutside(work: Working, observation: MappedObservation): void {
  const left = leftLink(work, observation.binding, observation.externalId);
  if (left !== undefined) bury(work, left, left.position ?? observation.position);
}

/** Is it still found by one of the match keys that it had, where both are known? */
function isTheSame(work: Working, left: LinkState, { fields }: MappedObservation): boolean {
  const keys = work.world.map.bindings.get(left.binding)?.entity.matchKeys ?? [];
  const pairs = keys.flatMap((key: MatchKey) => {
    const was = key.valueOf((field) => left.bases[field]?.s);
    const is = key.valueOf((field) => fields[field]);
    return was === null || is === null ? [] : [was === is];
  });
  return pairs.length === 0 || pairs.includes(true);
}

function follow(work: Working, link: LinkState, observation: MappedObservation): void {
  const { position, columns } = observation;
  putLink(work, { ...link, columns: { ...link.columns, ...columns }, position });
}

/** @param position up to where the row was this one; what comes later is another under its id */
function bury(work: Working, left: LinkState, position: Position): void {
  putLink(work, { ...left, state: "gone", position });
  if (left.externalId === null) return;
  work.goneAt.set(rowKey(left.binding, left.externalId), position);
}

function tell(
  work: Working,
  link: LinkState,
  observation: MappedObservation,
  told: {
    readonly kind: "linked" | "unlinked";
    readonly actor: string;
    readonly rule?: Rule;
    readonly detail: string;
  },
): void {
  const record = recordOf(work, link.record);
  if (record === undefined) return;
  const { position, transaction, at } = observation;
  const { kind, actor, rule = "scope", detail } = told;
  const cause = { position, transaction, at, detail };
  work.changes.audit.push(rowLine(record, link, { kind, actor, rule, cause }));
}
